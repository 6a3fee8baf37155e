// The work list: its address says all there is, the keyboard moves along the rows, one action is done to many.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, phone } from './browser.mjs'

const city = demoCity()

async function staff(username, options) {
    const visitor = await city.arrive(options)
    await visitor.signIn(username)
    await visitor.page.waitForURL(/sort=/)
    return visitor
}

const rows = (page) => page.locator('[data-case]')
const numbers = (page) => page.locator('[data-case] th').allInnerTexts()

test('the filter stands in the address: reload, back and a shared link give the same list', async () => {
    const head = await staff('office_head')
    const { page } = head
    await page.getByRole('link', { name: /^全部/ }).click()
    await rows(page).first().waitFor()
    const all = await numbers(page)
    await page.getByLabel('排序').selectOption('number')
    await page.waitForURL(/sort=number/)
    await page.getByLabel('搜索').fill('会议纪要')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /去掉条件 包含/ }).waitFor()
    await page.waitForFunction((count) => {
        const found = document.querySelectorAll('[data-case]').length // none: still being read
        return found > 0 && found < count
    }, all.length)
    const found = await numbers(page)

    await page.reload()
    await rows(page).first().waitFor()
    assert.deepEqual(await numbers(page), found)
    await page.goBack()
    await page.waitForFunction((count) => document.querySelectorAll('[data-case]').length === count, all.length)
    await page.goto('/staff/cases?state=archived&sort=due')
    await page.getByRole('button', { name: '去掉条件 状态：已归档' }).waitFor()
    await head.done()
})

test('the keyboard moves, selects and assigns; letters typed into a field stay letters', async () => {
    const head = await staff('department_head')
    const { page } = head
    await page.getByRole('link', { name: /^待认领/ }).click()
    await page.waitForURL(/unclaimed/)
    await rows(page).first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('jx')
    assert.equal(await page.getByLabel('搜索').inputValue(), 'jx')
    await page.getByLabel('搜索').fill('')
    await page.getByRole('heading', { name: '申请件' }).click()

    await page.keyboard.press('j')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), (await numbers(page))[0])
    await page.keyboard.press('x')
    await page.getByText('已选 1 件').waitFor()
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('承办人').selectOption({ index: 0 })
    await dialog.getByRole('button', { name: /指派承办人 1 件/ }).click()
    await dialog.getByText('已办理').waitFor()
    await head.done()
})

test('what the service does not allow to many is told for each, and nothing is done', async () => {
    const registrar = await staff('registrar')
    const { page } = registrar
    await page.getByRole('link', { name: /^全部/ }).click()
    await page.getByLabel(/^选中 4305/).first().check()
    await page.getByRole('button', { name: '催办' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/要由.*监督员办理/).waitFor()
    assert.equal(await dialog.getByRole('button', { name: /催办 0 件/ }).isDisabled(), true)
    await registrar.done()
})

test('a view kept under a name comes back after signing in again; a phone shows cards', async () => {
    const kept = await staff('reviewer')
    await kept.page.goto('/staff/cases?stage=review&sort=received')
    await kept.page.getByRole('button', { name: '我的视图' }).click()
    await kept.page.getByLabel('把现在的条件保存为').fill('待审核的')
    await kept.page.getByRole('button', { name: '保存', exact: true }).click()
    await kept.page.getByRole('link', { name: '待审核的' }).waitFor()
    await kept.done()

    const again = await staff('reviewer', { viewport: phone })
    await again.page.getByRole('button', { name: '我的视图' }).click()
    await again.page.getByRole('link', { name: '待审核的' }).click()
    await again.page.waitForURL(/stage=review/)
    await rows(again.page).first().waitFor()
    const wide = await again.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.equal(wide, false)
    await again.done()
})

test('the list opens with few requests', async () => {
    const registrar = await staff('registrar')
    let requests = 0
    registrar.page.on('request', () => ++requests)
    await registrar.page.goto('/staff/cases?state=handling&sort=due')
    await rows(registrar.page).first().waitFor()
    assert.ok(requests <= 15, `${requests} requests`)
    await registrar.done()
})
