// A paper request is registered with the keyboard alone, and found again in the work list.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, password } from './browser.mjs'
import { pdf } from './pdf.mjs'

const city = demoCity()

async function staff(username, address) {
    const visitor = await city.arrive()
    await visitor.signIn(username)
    await visitor.page.goto(address)
    return visitor
}

/** The day before yesterday at the agency, so that the day of receipt is never in the future. */
const received = new Date(Date.now() - 48 * 3600_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

async function fillForm(page, title) {
    await page.getByLabel('收到日期', { exact: true }).fill(received)
    await page.getByLabel('收到日期的凭据').fill('窗口收件，经办人李敏')
    await page.getByLabel('姓名').fill('王小明')
    await page.getByLabel('证件号码').fill('430502199003070014')
    await page.getByLabel('联系电话').fill('13800000000')
    await page.getByLabel('通信地址').fill('湖南省示范市东塔区石桥路1号')
    await page.getByLabel('邮政编码').fill('422000')
    await page.getByLabel('所需信息名称').fill(title)
    await page.getByLabel('所需信息描述').fill('2025年研究这一事项的会议纪要全文')
}

test('a wrong number is told while it is typed, a double press makes one case, the next form remembers the day', async () => {
    const registrar = await staff('registrar', '/staff/registration')
    const { page } = registrar
    await page.getByLabel('证件号码').fill('430502199003070012')
    await page.getByText('号码的校验位不对').waitFor()
    await fillForm(page, '路灯改造会议纪要')
    await page.getByText('号码校验通过').waitFor()
    await page.getByText(/条例第三十三条/).waitFor()

    await page.getByLabel('所需信息描述').focus()
    await Promise.all([page.keyboard.press('Control+Enter'), page.keyboard.press('Control+Enter')])
    await page.getByRole('heading', { name: '登记回执' }).waitFor()
    const number = await page.locator('.receipt dd').first().innerText()

    await page.locator('input[type=file]').setInputFiles([
        { name: '申请表.pdf', mimeType: 'application/pdf', buffer: pdf('Request') },
        { name: '程序.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
    ])
    await page.getByText('已上传', { exact: true }).waitFor()
    await page.getByText('不接受这种文件').first().waitFor()

    await page.getByRole('button', { name: '登记下一件' }).click()
    assert.equal(await page.getByLabel('收到日期', { exact: true }).inputValue(), received)
    assert.equal(await page.getByLabel('姓名').inputValue(), '')

    await page.goto(`/staff/cases?q=${encodeURIComponent('路灯改造会议纪要')}`)
    await page.getByRole('link', { name: number }).waitFor()
    assert.equal(await page.locator('[data-case]').count(), 1)
    await registrar.done()
})

test('what was typed survives a reload and the end of the session', async () => {
    const registrar = await staff('registrar', '/staff/registration')
    const { page } = registrar
    await fillForm(page, '绿地面积统计')
    await page.getByText('草稿已自动保存').waitFor()
    await page.reload()
    await page.getByText('没有登记完的内容').waitFor()
    assert.equal(await page.getByLabel('所需信息名称').inputValue(), '绿地面积统计')

    await registrar.context.clearCookies()
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: '请重新登录' })
    await dialog.getByLabel('密码').fill(password)
    await dialog.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '登记回执' }).waitFor()
    assert.match(await page.locator('.receipt').innerText(), /绿地面积统计/)
    await registrar.done()
})
