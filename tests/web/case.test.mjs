// The page of a case: what can be done and why the rest cannot, two people at once, nothing typed is lost.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, phone } from './browser.mjs'
import { act, fill, today } from './forms.mjs'

const city = demoCity()

/** Somebody of the staff on the last case that a query finds. */
async function onCase(username, query, options) {
    const visitor = await city.arrive(options)
    await visitor.signIn(username)
    const list = await visitor.context.request.get(`/api/v1/cases?${query}`)
    const { items } = await list.json()
    await visitor.page.goto(`/staff/cases/${items.at(-1).id}?${query}`)
    await visitor.page.getByRole('region', { name: '办理', exact: true }).waitFor()
    return visitor
}

const actions = (page) => page.getByRole('region', { name: '办理', exact: true })
const drawer = (page, name) => page.getByRole('dialog', { name })

test('what cannot be done says why; tabs and neighbours stand in the address', async () => {
    const reviewer = await onCase('reviewer', 'state=registered&sort=number')
    const { page } = reviewer
    await actions(page).getByText(/现在不能办理的/).click()
    const refused = actions(page).getByRole('button', { name: '通知缴费' })
    assert.equal(await refused.getAttribute('aria-disabled'), 'true')
    await actions(page).getByText('“通知缴费”要由公开工作机构负责人办理。').waitFor()

    await page.getByRole('tab', { name: '经过' }).click()
    await page.waitForURL(/#history$/)
    await page.getByRole('tabpanel', { name: '经过' }).getByText(/^(提交|登记)申请$/).waitFor()
    await page.reload()
    await page.getByRole('tab', { name: '经过', selected: true }).waitFor()
    await page.getByRole('group', { name: '列表中的前后申请' }).getByText(/^(\d+) \/ \1$/).waitFor()
    await reviewer.done()
})

test('faults stand at their fields and the first one has the focus', async () => {
    const reviewer = await onCase('reviewer', 'state=registered&sort=number')
    const { page } = reviewer
    await actions(page).getByRole('button', { name: '要求补正' }).click()
    const form = drawer(page, '要求补正')
    await form.getByRole('button', { name: '要求补正', exact: true }).click()
    await form.getByText('请填写“指导和释明”。').nth(1).waitFor()
    await page.waitForFunction(() => document.activeElement.getAttribute('aria-invalid') === 'true')
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), '要求补正')
    await reviewer.done()
})

test('two people at once: the later one sees what the other did, keeps what was typed and sends it again', async () => {
    const handler = await onCase('handler', 'unclaimed=true&state=handling')
    const { page } = handler
    await act(page, '认领')
    await actions(page).getByRole('button', { name: '登记检索记录' }).click()
    const form = drawer(page, '登记检索记录')
    await fill(form, {
        '查过的地方': ['业务科室', '档案室'], '检索词': ['会议纪要'], '检索人': '承办人、档案员', '检索日期': today(), '检索结果': '在档案室找到。',
    })
    await form.getByText(/已自动保存 \d\d:\d\d/).waitFor()

    const address = new URL(page.url()).pathname
    const head = await city.arrive()
    await head.signIn('department_head')
    await head.page.goto(address)
    await act(head.page, '备注', { '理由': '请于本周内办结。' })
    await head.done()

    await form.getByRole('button', { name: '登记检索记录', exact: true }).click()
    await form.getByText('您填写期间，这件申请有了新的办理记录').waitFor()
    await form.getByText('请于本周内办结。').waitFor()
    assert.equal(await form.getByLabel('检索人').inputValue(), '承办人、档案员')
    await form.getByRole('button', { name: '按最新情况重新提交' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: '办理' }).click()
    await page.getByText('在档案室找到。').first().waitFor()
    await handler.done()
})

test('what was typed comes back after leaving, and can be discarded', async () => {
    const reviewer = await onCase('reviewer', 'state=registered&sort=number')
    const { page } = reviewer
    const open = () => actions(page).getByRole('button', { name: '备注' }).click()
    await open()
    await drawer(page, '备注').getByLabel('理由').fill('已电话联系申请人')
    await drawer(page, '备注').getByText(/已自动保存/).waitFor()
    await page.reload()
    await open()
    await drawer(page, '备注').getByText(/已恢复 .* 自动保存的内容/).waitFor()
    assert.equal(await drawer(page, '备注').getByLabel('理由').inputValue(), '已电话联系申请人')
    await drawer(page, '备注').getByRole('button', { name: '丢弃' }).click()
    assert.equal(await drawer(page, '备注').getByLabel('理由').inputValue(), '')
    await reviewer.done()
})

test('the applicant is shown in full only for a reason', async () => {
    const reviewer = await onCase('reviewer', 'state=registered&sort=number')
    const { page } = reviewer
    const panel = page.getByRole('tabpanel', { name: '申请' })
    await panel.getByText(/\*/).first().waitFor()
    await panel.getByRole('button', { name: '显示完整信息' }).click()
    await page.getByRole('dialog').getByLabel('查看的理由').fill('核对送达地址')
    await page.keyboard.press('Enter')
    await panel.getByRole('button', { name: '重新遮盖' }).waitFor()
    assert.equal(await panel.getByText(/\*\*/).count(), 0)
    await reviewer.done()
})

test('on a phone the steps stay at the lower edge and nothing runs off the side', async () => {
    const reviewer = await onCase('reviewer', 'state=registered&sort=number', { viewport: phone })
    const { page } = reviewer
    const box = await actions(page).getByRole('button', { name: '审核分办' }).boundingBox()
    assert.ok(box.y > phone.height - 100 && box.y + box.height <= phone.height)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    await reviewer.done()
})

test('a reply that went out shows how it can be objected to, each way with its last day', async () => {
    const handler = await onCase('handler', 'state=replied,archived&sort=number')
    const { page } = handler
    const id = page.url().match(/cases\/([^?#]+)/)[1]
    const { remedies } = await (await handler.context.request.get(`/api/v1/cases/${id}`)).json()
    assert.ok(remedies.length > 0)
    await page.getByRole('tab', { name: '答复' }).click()
    const rows = page.getByRole('region', { name: '申请人的救济途径' }).locator('tbody tr')
    await rows.first().waitFor()
    assert.equal(await rows.count(), remedies.length)
    for (const [at, { authority, over }] of remedies.entries()) {
        const text = await rows.nth(at).innerText()
        assert.ok(text.includes(authority))
        assert.equal(text.includes('期限已过'), over)
    }
    await handler.done()
})
