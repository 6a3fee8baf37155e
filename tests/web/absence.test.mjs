// While a handler is away the deputy finds the cases among what waits for them, and the case says who stands in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity } from './browser.mjs'
import { caller, registered, today } from './caller.mjs'

const city = demoCity()
const name = '陈勇' // handler2 of the demo city

/** A case of 陈勇 and his department. */
async function claimed() {
    let made = await registered(city.program)
    const act = async (username, action, form) => {
        const call = await caller(city.program, username)
        made = await call(`/cases/${made.id}/actions/${action}`, form, { 'If-Match': `"${made.version}"` })
    }
    await act('reviewer', 'accept', { department: '430500-01-d1', co_departments: [] })
    await act('handler2', 'claim', {})
}

async function waiting(username) {
    const visitor = await city.arrive()
    await visitor.signIn(username)
    await visitor.page.waitForURL(/sort=/)
    const link = visitor.page.getByRole('link', { name: /^我的待办/ })
    return { visitor, page: visitor.page, count: Number((await link.innerText()).match(/\d+/)[0]) }
}

test('a handler names a deputy, who does the work until it is called off', async () => {
    await claimed()
    const before = await waiting('handler')
    await before.visitor.done()

    const { visitor, page, count } = await waiting('handler2')
    assert.ok(count > 0)
    await page.getByRole('button', { name }).click()
    await page.getByRole('link', { name: '外出代办' }).click()
    await page.getByRole('button', { name: `登记外出：${name}` }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('外出最后一天').fill(today())
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.getByText('请填写“代办人”。').first().waitFor()
    await drawer.getByText('刘娟').click()
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByText('外出中').waitFor()

    const during = await waiting('handler')
    assert.equal(during.count, before.count + count)
    await during.page.goto('/staff/cases?mine=true&sort=due')
    await during.page.locator('[data-case]').filter({ hasText: name }).first().getByRole('link').click()
    await during.page.getByText(`${name}（外出，由刘娟代办）`).waitFor()
    await during.visitor.done()

    await page.getByRole('button', { name: `取消外出：${name}` }).click()
    await page.getByText('外出中').waitFor({ state: 'hidden' })
    await visitor.done()
    const after = await waiting('handler')
    assert.equal(after.count, before.count)
    await after.visitor.done()
})
