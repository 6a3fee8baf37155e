// 红黄牌: from the figures to the list to one card, and a step of its procedure; live beside it, another supervisor's page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, phone } from './browser.mjs'
import { openFirstCard } from './pages.mjs'

const city = demoCity()

async function supervisor(options) {
    const visitor = await city.arrive(options)
    await visitor.signIn('supervisor')
    return visitor
}

test('each number of the dashboard leads to exactly its cards', async () => {
    const visitor = await supervisor()
    const { page } = visitor
    await page.goto('/staff/supervision')
    const red = page.getByRole('region', { name: '红黄牌' }).getByRole('listitem').filter({ hasText: '红牌超时' })
    const link = red.getByRole('link', { name: /处理中/ })
    const count = Number(/\d+/.exec(await link.textContent())[0])
    assert.ok(count > 0, 'the demo city has open red cards')
    await link.click()
    await page.waitForURL(/\/staff\/cards\?.*level=red/)
    await page.getByRole('region', { name: '红黄牌' }).getByRole('row').nth(1).waitFor()
    const rows = await page.getByRole('region', { name: '红黄牌' }).locator('tbody tr').count()
    assert.equal(rows, Math.min(count, 30))
    await visitor.done()
})

test('the file says what is missing, refuses with the reason, and takes a step', async () => {
    const visitor = await supervisor()
    const { page } = visitor
    await openFirstCard(page)
    const steps = page.getByRole('region', { name: '每牌必查' })
    await steps.getByText(/还缺 \d 步/).waitFor()
    const actions = page.getByRole('region', { name: '办理', exact: true })
    await actions.getByText(/现在不能办理的/).click()
    assert.equal(await actions.getByRole('button', { name: '办结销牌' }).getAttribute('aria-disabled'), 'true')
    await actions.getByText('每牌必查：还有步骤没有完成，不能办结。').waitFor()

    await actions.getByRole('button', { name: '申请撤销红黄牌' }).click()
    const form = page.getByRole('dialog', { name: '申请撤销红黄牌' })
    await form.getByLabel('内容').fill('系统停机造成，答复当日已经送出。')
    await form.getByRole('button', { name: '保存' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('region', { name: '处理过程' }).getByText('系统停机造成，答复当日已经送出。').waitFor()
    await actions.getByText('申请撤销的人不能自己批准。').first().waitFor()
    await visitor.done()
})

test('on a phone the file is as wide as the screen', async () => {
    const visitor = await supervisor({ viewport: phone })
    const { page } = visitor
    await openFirstCard(page)
    const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    assert.ok(wide <= view, `${wide} px wide on a screen of ${view}`)
    await visitor.done()
})

test('the page of a case leads to the files of its open cards', async () => {
    const visitor = await supervisor()
    const { page } = visitor
    await openFirstCard(page)
    await page.locator('.page-header a[href*="/staff/cases/"]').click()
    await page.waitForURL(/\/staff\/cases\/\w+/)
    await page.getByRole('list', { name: '需要注意' }).getByRole('link', { name: '看档案' }).first().click()
    await page.waitForURL(/\/staff\/cards\/\w+-k\d+/)
    await visitor.done()
})
