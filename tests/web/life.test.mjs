// One request from the form to the archive and its rating, each person in a browser of their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, phone } from './browser.mjs'
import { act, apply, approve, fill, first, reply, today } from './forms.mjs'

const city = demoCity()

/** Somebody of the staff, signed in, before this case. */
async function staff(username, address) {
    const visitor = await city.arrive()
    await visitor.signIn(username)
    if (address) await visitor.page.goto(address)
    return visitor
}

async function state(page, label) {
    await page.locator('.page-header').getByText(label, { exact: true }).waitFor()
}

test('apply, accept, correct, handle, consult, extend, draft, approve, dispatch, archive, rate', async () => {
    const applicant = await city.arrive({ viewport: phone, javaScriptEnabled: false })
    await apply(applicant.page)
    await applicant.page.getByRole('button', { name: '提交申请' }).click()
    await applicant.page.getByRole('heading', { name: '申请已经提交' }).waitFor()
    const [number, code] = await applicant.page.locator('dd .code, dd.code').allInnerTexts()
    assert.match(number, /2026/)

    const registrar = await staff('registrar', `/staff/cases?q=${encodeURIComponent(number)}`)
    await registrar.page.getByRole('link', { name: number }).first().click()
    await registrar.page.waitForURL(/\/staff\/cases\/\w+/)
    const address = new URL(registrar.page.url()).pathname
    await act(registrar.page, '确认收到')
    await state(registrar.page, '待审核')

    const reviewer = await staff('reviewer', address)
    await act(reviewer.page, '要求补正', {
        '需要补正的内容': ['请写明会议召开的大致时间'], '指导和释明': '写明年份和月份，便于查找。', '确认申请内容确不明确': '是',
    })
    await state(reviewer.page, '待补正')

    await applicant.page.goto('/track')
    await fill(applicant.page, { '受理编号': number, '查询码': code })
    await applicant.page.getByRole('button', { name: '查询' }).click()
    await applicant.page.getByText('请写明会议召开的大致时间').first().waitFor()
    await applicant.page.getByText('告知书正在送出').first().waitFor()
    const sendLetter = async (letter) => {
        await registrar.page.goto(address)
        await act(registrar.page, '送出文书', { '文书': letter, '送出方式': '自行领取', '送出日期': today(), '收件人或签收人': '王小明' })
    }
    await sendLetter('补正告知书')
    await applicant.page.reload()
    await applicant.page.getByRole('link', { name: /补正/ }).first().click()
    await applicant.page.getByRole('textbox').first().fill('会议在2025年5月召开。')
    await applicant.page.getByRole('button', { name: /提交/ }).click()
    await applicant.page.getByText('待审核').first().waitFor()

    await reviewer.page.reload()
    await act(reviewer.page, '审核分办', { '主办部门': first })
    await state(reviewer.page, '办理中')

    const handler = await staff('handler', address)
    const { page } = handler
    await act(page, '认领')
    await act(page, '登记检索记录', {
        '查过的地方': ['业务科室', '档案室'], '检索词': ['老旧小区'], '检索人': '承办人、档案员', '检索日期': today(), '是否找到': '是',
        '检索结果': '在档案室找到该会议纪要。',
    })
    await act(page, '征求意见', {
        '征求对象类别': '第三方', '征求对象': '示范市锦绣置业有限公司', '征求意见的内容': '是否同意公开？',
        '涉及的信息内容': '老旧小区改造会议纪要中涉及贵公司的内容', '送达日期': today(),
    })
    await page.getByText('征求意见中').first().waitFor()
    await act(page, '登记意见', { '征求意见编号': first, '收到日期': today(), '意见': '同意公开', '意见内容': '同意公开。' })
    await act(page, '申请延期', { '延长的工作日': 5, '理由': '材料较多，需要逐项审查。' })

    const officeHead = await staff('office_head', address)
    await act(officeHead.page, '批准延期', { '意见': '同意。' })
    await sendLetter('延期答复告知书')

    await page.reload()
    await reply(page, {
        '办理结果': '予以公开', '提供的材料': '随函提供复印件一份，共6页。', '答复正文': '经审查，现答复如下：',
    })
    for (const username of ['department_head', 'secrecy_reviewer', 'legal_reviewer']) {
        const signer = await staff(username, address)
        await approve(signer.page, '同意。')
        await signer.done()
    }
    await officeHead.page.reload()
    await approve(officeHead.page, '同意。')
    await state(officeHead.page, '待送达')

    await registrar.page.goto(address)
    await act(registrar.page, '送出答复', { '送达方式': '邮寄', '送出日期': today(), '邮政单号': '1164300000123' })
    await act(registrar.page, '登记送达', { '送达结果': '已签收', '日期': today() })
    await act(registrar.page, '归档', { '保管年限': 10 })
    await state(registrar.page, '已归档')

    await applicant.page.goto('/track/progress')
    await applicant.page.getByText('已归档').first().waitFor()
    await applicant.page.getByRole('link', { name: /评价/ }).first().click()
    await applicant.page.getByLabel(/非常满意/).first().check()
    await applicant.page.getByRole('button', { name: /提交/ }).click()
    await applicant.page.getByText(/感谢|已评价|评价已/).first().waitFor()

    for (const visitor of [applicant, registrar, reviewer, handler, officeHead]) await visitor.done()
})
