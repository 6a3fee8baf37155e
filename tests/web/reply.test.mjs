// The reply workshop: from a claimed case to the approval, by three outcomes; what approvers see of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, phone } from './browser.mjs'
import { act, application, approve, fill, toApproval, today } from './forms.mjs'

const city = demoCity()

async function staff(username, options) {
    const visitor = await city.arrive(options)
    await visitor.signIn(username)
    const { request } = visitor.context
    const { csrf_token } = await (await request.get('/api/v1/session')).json()
    visitor.post = async (path, data, headers = {}) => {
        const answer = await request.post(path, { data, headers: { 'X-CSRF-Token': csrf_token, ...headers } })
        assert.ok(answer.ok(), await answer.text())
        return answer.json()
    }
    return visitor
}

/** A new case, given to the department; the address of its page. */
async function accepted() {
    const registrar = await staff('registrar')
    const body = { ...application(), channel: 'counter', received_on: today(), evidence: '窗口当面收到' }
    const made = await registrar.post('/api/v1/cases', body, { 'Idempotency-Key': crypto.randomUUID() })
    await registrar.done()
    const reviewer = await staff('reviewer')
    const fields = { department: '430500-01-d1', co_departments: [] }
    await reviewer.post(`/api/v1/cases/${made.id}/actions/accept`, fields, { 'If-Match': `"${made.version}"` })
    await reviewer.done()
    return `/staff/cases/${made.id}`
}

/** The handler in the workshop of a case of their own. */
async function inWorkshop(options, before = async () => {}) {
    const address = await accepted()
    const handler = await staff('handler', options)
    await handler.page.goto(address)
    await act(handler.page, '认领')
    await before(handler.page)
    await handler.page.getByRole('region', { name: '办理' }).getByRole('button', { name: '拟写答复', exact: true }).click()
    await handler.page.waitForURL(/\/reply$/)
    const form = handler.page.getByRole('form', { name: '答复' })
    await form.waitFor()
    return { handler, address, page: handler.page, form, submit: form.getByRole('button', { name: '提交审批' }) }
}

async function submitted(page, submit) {
    await page.locator('form button[type=submit]:not([disabled])').waitFor()
    await submit.click()
    await page.waitForURL(/#reply$/)
    await page.locator('.page-header').getByText('审批中', { exact: true }).waitFor()
}

test('what is disclosed reads as a letter, and the note of the search stays in the file', async () => {
    const { handler, page, form, submit } = await inWorkshop({}, (page) =>
        act(page, '登记检索记录', {
            '查过的地方': ['业务科室'], '检索词': ['老旧小区'], '检索人': '承办人', '检索日期': today(), '是否找到': '是',
            '检索结果': '在业务科室找到会议纪要一份，共6页。',
        }))
    assert.equal(await submit.isDisabled(), true)
    const fields = form.locator('.form label[for], .form legend')
    assert.deepEqual(await fields.allInnerTexts(), ['逐项答复', '办理结果'])
    const missing = page.getByRole('region', { name: /还缺/ }).getByRole('listitem')
    await page.getByRole('heading', { name: '提交审批前还缺（1）' }).waitFor()
    assert.equal(await missing.count(), 1)
    await missing.getByRole('button', { name: /去填/ }).click()
    assert.match(await page.evaluate(() => document.activeElement.closest('[data-pointer]')?.dataset.pointer), /outcome$/)
    await fill(form, { '办理结果': '予以公开', '提供的材料': '会议纪要复印件一份，共6页' })
    await page.getByRole('article').getByText('共6页').first().waitFor()
    assert.equal(await page.getByRole('article').getByText('业务科室找到').count(), 0)
    await submitted(page, submit)
    await handler.done()
})

test('the seven questions lead to a refusal, whose conditions are confirmed one by one', async () => {
    const { handler, page, form, submit } = await inWorkshop({ viewport: phone })
    const guide = page.getByRole('region', { name: /七步法/ })
    for (const answer of [/^明确/, /^是，/, /^由本机关/, /^有，/, /^没有$/, /^人事管理/, /^不能区分/]) {
        await guide.getByRole('button', { name: answer }).click()
    }
    await guide.getByText('不予公开：内部事务信息').waitFor()
    await guide.getByRole('button', { name: '采用这个结果' }).click()
    await fill(form, {
        '具体情形': '人事管理信息', '理由': '打分表只用于内部核对，不对外产生效力', '不能区分处理的说明': '全表都是考官的打分，没有可以分出的内容',
    })
    const checks = page.getByRole('region', { name: '检查', exact: true })
    await checks.getByText('请确认：只供内部使用').waitFor()
    await checks.getByRole('button', { name: /去改.*确认了不予公开的各项条件/ }).click()
    assert.match(await page.evaluate(() => document.activeElement.closest('[data-pointer]')?.dataset.pointer), /statements$/)
    await page.keyboard.press('Space')
    await submitted(page, submit)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.equal(wide, false)
    await handler.done()
})

test('a check that does not hold is answered for, and every approver sees it', async () => {
    const { handler, address, page, form, submit } = await inWorkshop({})
    await fill(form, {
        '办理结果': '已主动公开', '公开的网址或者地点': '门户网站 https://www.shifan.example.cn/zfxxgk/', '答复正文': '您申请的信息已经主动公开，咨询请联系13800000000。',
    })
    const checks = page.getByRole('region', { name: '检查', exact: true })
    await checks.getByText('请打开网址').waitFor()
    await fill(form, { '打开网址核实的日期': today() })
    await checks.getByLabel(/不改正的理由/).fill('这是本科室的办公手机，已经公开')
    await submitted(page, submit)
    await handler.done()

    const head = await staff('department_head')
    await head.page.goto(`${address}#reply`)
    await head.page.getByRole('heading', { name: '检查：1 项请留意' }).waitFor()
    await toApproval(head.page)
    await head.page.getByText('拟稿人的理由：这是本科室的办公手机，已经公开').waitFor()
    await head.page.getByRole('article').getByText('13800000000').waitFor()
    await head.done()
})

test('what was typed is still there after the page has gone', async () => {
    const { handler, page, form } = await inWorkshop({})
    await fill(form, { '办理结果': '信息不存在', '理由': '三处都没有找到这份纪要' })
    await form.getByText(/已自动保存/).waitFor()
    await page.reload()
    await page.getByText(/已恢复/).waitFor()
    assert.equal(await form.getByLabel('理由').inputValue(), '三处都没有找到这份纪要')
    await handler.done()
})

/** A plain disclosure, submitted; the handler's visitor and the address of the case. */
async function disclosed() {
    const { handler, address, page, form, submit } = await inWorkshop({})
    await fill(form, { '办理结果': '予以公开', '提供的材料': '打分表一份，共6页', '答复正文': '现将您申请的打分表提供给您。' })
    await submitted(page, submit)
    return { handler, address }
}

test('a reply that was sent back looks it: who, at which step, why, and what was changed since', async () => {
    const { handler, address } = await disclosed()
    const head = await staff('department_head')
    await head.page.goto(address)
    await approve(head.page, '同意。')
    const secrecy = await staff('secrecy_reviewer', { viewport: phone })
    await secrecy.page.goto(address)
    await toApproval(secrecy.page)
    const back = secrecy.page.getByRole('form', { name: '退回修改' })
    await back.getByRole('button', { name: '退回修改' }).click()
    await back.getByText('请填写').first().waitFor()
    await back.getByLabel('理由').fill('附件含有内部电话，请删去。')
    await back.getByRole('button', { name: '退回修改' }).click()
    await secrecy.page.waitForURL(/#reply$/)

    const { page } = handler
    await page.goto('/staff/cases?state=handling&sort=due')
    const row = page.getByRole('row').filter({ hasText: '退回修改' }).filter({ hasText: '面试考官打分表' }).first()
    await row.getByText(/在“保密审查”退回/).waitFor()
    await row.getByText('修改答复').waitFor()
    await page.goto(address)
    await page.getByText(/在“保密审查”退回.*附件含有内部电话/).waitFor()
    const main = page.getByRole('region', { name: '办理' }).locator('.el-button--primary')
    assert.equal(await main.innerText(), '修改答复')
    await main.click()
    const note = page.getByRole('region', { name: '退回修改' })
    await note.getByText('附件含有内部电话，请删去。').first().waitFor()
    await note.getByText('此前的审批').click()
    await note.getByRole('listitem').filter({ hasText: '部门负责人审核' }).getByText(/\d{4}-\d\d-\d\d/).waitFor()
    const form = page.getByRole('form', { name: '答复' })
    await fill(form, { '提供的材料': '打分表一份，共5页' })
    await submitted(page, form.getByRole('button', { name: '提交审批' }))

    await head.page.goto(address)
    await toApproval(head.page)
    const changes = head.page.getByRole('region', { name: /退回以后改了什么/ })
    await changes.getByText('打分表一份，共6页').waitFor()
    await changes.getByText('打分表一份，共5页').waitFor()
    await head.page.getByRole('region', { name: '第 1 轮审批' }).getByText(/退回/).first().waitFor()
    for (const visitor of [handler, head, secrecy]) await visitor.done()
})

test('nobody approves a letter or a file unseen, or what has changed since', async () => {
    const { handler, address } = await disclosed()
    const { request } = handler.context
    const { csrf_token } = await (await request.get('/api/v1/session')).json()
    const path = address.replace('/staff', '/api/v1')
    const headers = { 'X-CSRF-Token': csrf_token, 'Content-Type': 'application/octet-stream' }
    const add = async (name, n) => {
        const added = await request.post(`${path}/attachments?name=${name}`, { data: `打分表 ${name}`, headers })
        assert.ok(added.ok(), await added.text())
        for (const step of ['findings', 'release']) await handler.post(`${path}/attachments/${n}/${step}`, {})
    }
    await add('a.txt', 1)

    const head = await staff('department_head')
    const { page } = head
    await page.goto(address)
    await toApproval(page)
    const button = page.getByRole('button', { name: /：通过$/ })
    assert.equal(await button.isDisabled(), true)
    await page.getByText('还没有看：答复书、a.txt').waitFor()
    const letter = page.waitForEvent('download')
    await page.getByRole('button', { name: '打开 PDF' }).click()
    await letter
    await page.getByText('还没有看：a.txt。').waitFor()
    const file = page.waitForEvent('download')
    await page.getByRole('link', { name: 'a.txt' }).click()
    await file
    await page.getByText('答复书和附件都已看过').waitFor()

    await add('b.txt', 2)
    await button.click()
    await page.getByText(/已经换成最新的内容/).waitFor()
    await page.getByText('还没有看：答复书、b.txt').waitFor() // the letter lists its enclosures
    assert.equal(await button.isDisabled(), true)
    await page.getByRole('checkbox', { name: '答复书已看完' }).check()
    await page.getByRole('checkbox', { name: /已看.*b\.txt/ }).check()
    await button.click()
    await page.waitForURL(/#reply$/)
    await page.getByRole('tab', { name: '经过' }).click()
    await page.getByText('a.txt、b.txt').first().waitFor()
    for (const visitor of [handler, head]) await visitor.done()
})
