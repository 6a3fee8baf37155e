// What follows a reply: an applicant rates and suggests, the office looks into it; the rated never learn who it was.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, phone } from './browser.mjs'
import { act, first } from './forms.mjs'

const city = demoCity()

async function staff(username, address) {
    const visitor = await city.arrive()
    await visitor.signIn(username)
    await visitor.page.goto(address)
    return visitor
}

test('a bad mark is looked into by somebody else; the handler sees the mark and no case', async () => {
    const office = await staff('office_head', '/staff/ratings')
    const { page } = office
    await page.getByRole('heading', { name: '各档评价' }).waitFor()
    const open = page.getByRole('region', { name: '评价', exact: true }).last()
    await open.getByText('指派差评核实').first().waitFor()
    await open.getByRole('link').first().click()
    await page.getByRole('tab', { name: '后续', selected: true }).waitFor()
    const address = new URL(page.url()).pathname
    await act(page, '指派差评核实', { '核实人': first, '问题性质': '一般问题' })
    await page.getByRole('tabpanel', { name: '后续' }).getByText('核实人').first().waitFor()

    const handler = await staff('handler', '/staff/ratings?show=all')
    await handler.page.getByText('不显示申请件').first().waitFor()
    assert.equal(await handler.page.getByRole('region', { name: '评价', exact: true }).getByRole('link').count(), 0)
    assert.equal(await handler.page.getByRole('heading', { name: '各档评价' }).count(), 0)
    await handler.page.goto(`${address}#matters`)
    await handler.page.getByText('没有评价、复议诉讼、公开建议和更正申请。').waitFor()
    await handler.done()
    await office.done()
})

test('a suggestion is taken up: published, answered, and shown to the applicant', async () => {
    const office = await staff('office_head', '/staff/matters?kind=suggestion')
    const { page } = office
    await page.getByRole('region', { name: '建议主动公开' }).getByRole('link').first().click()
    await page.getByRole('button', { name: '发布并答复' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('摘要').fill('经审查可以主动公开的材料全文。')
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByText('已发布，并答复了申请人的建议').first().waitFor()
    await page.goto('/staff/matters?kind=suggestion&show=closed')
    await page.getByText('已主动公开').first().waitFor()
    await office.done()
})

test('disputes show by when the agency answers, also on a phone', async () => {
    const visitor = await city.arrive({ viewport: phone })
    await visitor.signIn('legal_reviewer')
    await visitor.page.goto('/staff/matters?show=all')
    await visitor.page.getByText(/行政诉讼法|行政复议|起诉/).first().waitFor()
    const [wide, view] = await visitor.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    assert.ok(wide <= view, `${wide} px on ${view}`)
    await visitor.done()
})
