// Two requests open in two tabs of one browser: what is confirmed in a tab happens to the request that this tab shows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity } from './browser.mjs'
import { application, fill } from './forms.mjs'

const city = demoCity()

async function handIn(title) {
    const answer = await fetch(`${city.program.url}/api/v1/applications`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...application(), items: [{ title, description: `${title}全文` }] }),
    })
    assert.equal(answer.status, 201)
    return { title, ...(await answer.json()) }
}

async function open(page, request) {
    await page.goto(`/track?number=${request.number}`)
    await fill(page, { '查询码': request.query_code })
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByRole('heading', { level: 1, name: request.number }).waitFor()
}

/** What the page of a request says its state is. */
async function stateOf(page, request) {
    await page.goto(`/track/progress?number=${request.number}`)
    await page.getByRole('heading', { level: 1, name: request.number }).waitFor()
    return page.locator('section.card h2').first().innerText()
}

test('tab 1 confirms its own withdrawal after tab 2 has opened another request', async () => {
    const [first, second] = [await handIn('城东片区征地补偿方案'), await handIn('城西小学招生方案')]
    const applicant = await city.arrive({ javaScriptEnabled: false })
    const tab1 = applicant.page
    const tab2 = await applicant.context.newPage()
    await open(tab1, first)
    await tab1.getByRole('link', { name: '撤回申请' }).click()
    await tab1.getByText(`您要撤回的是申请 ${first.number}（${first.title}）`).waitFor()
    assert.match(await tab1.title(), new RegExp(first.number))

    await open(tab2, second)
    await tab2.getByRole('navigation', { name: '这个浏览器里还打开着的申请' }).getByRole('link', { name: first.number }).waitFor()

    await fill(tab1, { '理由': '已经在网站上找到了' })
    await tab1.getByRole('button', { name: '确认撤回' }).click()
    await tab1.getByText('申请已经撤回').waitFor()
    await tab1.getByRole('heading', { level: 1, name: first.number }).waitFor()
    assert.equal(await stateOf(tab1, first), '已终止')
    assert.equal(await stateOf(tab2, second), '待登记')
    await applicant.done()
})

test('a form whose request was left in another tab does nothing, and goes on once its code is there again', async () => {
    const [first, second] = [await handIn('城东片区征地补偿方案'), await handIn('城西小学招生方案')]
    const applicant = await city.arrive()
    const tab1 = applicant.page
    const tab2 = await applicant.context.newPage()
    await open(tab1, first)
    await tab1.getByRole('link', { name: '撤回申请' }).click()
    await open(tab2, second)
    await tab2.goto(`/track/progress?number=${first.number}`)
    await tab2.getByRole('button', { name: '退出这件申请' }).click()
    await tab2.waitForURL((url) => url.pathname === '/track')

    await fill(tab1, { '理由': '已经在网站上找到了' })
    await tab1.getByRole('button', { name: '确认撤回' }).click()
    await tab1.getByText(`刚才的“撤回申请”是为申请 ${first.number} 填写的`).waitFor()
    assert.equal(await stateOf(tab2, second), '待登记')

    await fill(tab1, { '查询码': first.query_code })
    await tab1.getByRole('button', { name: '查询' }).click()
    assert.equal(await tab1.getByRole('textbox').first().inputValue(), '已经在网站上找到了')
    await tab1.getByRole('button', { name: '确认撤回' }).click()
    await tab1.getByText('申请已经撤回').waitFor()
    assert.equal(await stateOf(tab2, second), '待登记')
    await applicant.done()
})
