// The working days of a year: read from the text of the notice, checked in the table, and asked for when a year is missing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity } from './browser.mjs'

const city = demoCity()

const notice = [
    '国务院办公厅关于2026年部分节假日安排的通知', '国办发明电〔2025〕7号',
    '一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。',
    '二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。',
    '三、清明节：4月4日（周六）至6日（周一）放假，共3天。',
    '四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。',
    '五、端午节：6月19日（周五）至21日（周日）放假，共3天。', '六、中秋节：9月25日（周五）至27日（周日）放假，共3天。',
    '七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。',
    '国务院办公厅', '2025年11月4日',
].join('\n')

async function administrator(path) {
    const visitor = await city.arrive()
    await visitor.signIn('system_admin')
    await visitor.page.goto(path)
    return visitor
}

test('the text of the notice fills the table; a weekday that is another is named and nothing changes', async () => {
    const visitor = await administrator('/staff/calendar?year=2026')
    const { page } = visitor
    await page.getByRole('button', { name: '修改' }).click()
    const rows = page.getByRole('region', { name: '放假和调休' }).locator('tbody tr')
    await page.getByRole('button', { name: '删除第1行 元旦' }).click()
    const before = await rows.count()

    const text = page.getByLabel('放假通知全文')
    await text.fill(notice.replace('5月9日（周六）', '5月9日（周日）'))
    await page.getByRole('button', { name: '读出安排' }).click()
    await page.getByText(/星期不符.*5月9日（周日）上班/).first().waitFor()
    assert.equal(await rows.count(), before)

    await text.fill(notice)
    await page.getByRole('button', { name: '读出安排' }).click()
    await page.getByText(/^已读出33天放假、6天上班/).waitFor()
    assert.equal(await rows.first().getByLabel('第1行 节日').inputValue(), '元旦')
    await page.getByRole('button', { name: '看看哪些申请件会变' }).click()
    await page.getByRole('dialog', { name: /保存前请核对/ }).getByText(/没有一件在办申请的答复期限会改变/).waitFor()
    await visitor.done()
})

test('a missing year is a task on the start page of the system administrator, and of nobody else', async () => {
    const visitor = await administrator('/staff/')
    const { page, context } = visitor
    const { items } = await (await context.request.get('/api/v1/tasks')).json()
    await page.getByRole('heading', { name: '申请件', exact: true }).waitFor()
    const tasks = page.getByRole('list', { name: '要办的事' }).getByRole('listitem')
    if (items.length > 0) {
        await tasks.first().getByText(items[0].title).waitFor()
        await tasks.first().getByRole('link', { name: '去录入' }).click()
        await page.getByRole('heading', { name: `${items[0].year}年工作日历` }).waitFor()
    } else {
        assert.equal(await tasks.count(), 0)
    }
    await visitor.done()

    const registrar = await city.arrive()
    await registrar.signIn('registrar')
    assert.equal((await registrar.context.request.get('/api/v1/tasks')).status(), 403)
    await registrar.done()
})
