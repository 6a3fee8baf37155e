// Reports and imports: a figure opens exactly its cases, what was published stays, a ledger with faults brings nothing in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity } from './browser.mjs'

const city = demoCity()

async function staff(username, path) {
    const visitor = await city.arrive()
    await visitor.signIn(username)
    await visitor.page.goto(path)
    return visitor
}

test('the annual report of the city holds every equation, and a figure opens its cases', async () => {
    const supervisor = await staff('supervisor', '/staff/reports/annual')
    const { page } = supervisor
    await page.getByRole('region', { name: '表三' }).waitFor()
    assert.equal(await page.getByText(/^E[1-7] 相符/).count(), 7)
    const figure = page.getByRole('link', { name: /^（三）不予公开.*总计：\d+件/ }).first()
    const count = Number(await figure.innerText())
    await figure.click()
    await page.waitForURL(/outcome=/)
    await page.waitForFunction((n) => document.querySelectorAll('[data-case]').length === Math.min(n, 50), count)
    await supervisor.done()
})

test('表二 is typed in, the report published, and a change goes out as a correction', async () => {
    const head = await staff('office_head', '/staff/reports/annual')
    const { page } = head
    await page.getByLabel('行政许可').fill('12')
    await page.getByLabel(/行政事业性收费/).fill('很多')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('应当是金额').first().waitFor()
    await page.getByLabel(/行政事业性收费/).fill('96171.6')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('应当是金额').first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText('首次发布').waitFor()
    await page.reload()
    await page.getByText('首次发布').waitFor()
    assert.equal(await page.getByLabel('行政许可').inputValue(), '12')
    await page.getByLabel('更正的理由').fill('没有变化')
    await page.getByRole('button', { name: '发布更正' }).click()
    await page.getByText('没有需要更正的').waitFor()
    await head.done()
})

test('the circular ranks the agencies, as chart and as table', async () => {
    const supervisor = await staff('supervisor', '/staff/reports/quarterly')
    const { page } = supervisor
    await page.getByRole('region', { name: '各机关办理情况' }).waitFor()
    assert.ok((await page.locator('tbody tr').count()) > 20)
    await supervisor.done()
})

test('a ledger with faults brings nothing in; one in order becomes cases', async () => {
    const registrar = await staff('registrar', '/staff/imports')
    const { page } = registrar
    const head = '申请人类型,申请人,收到日期,申请内容,办理机关代码,办理结果,答复日期\n'
    const file = (rows) => ({ name: '台账.csv', mimeType: 'text/csv', buffer: Buffer.from(head + rows) })
    await page.getByLabel('台账文件').setInputFiles(file('谁,张三,2020-03-03,预算,430500-01,,\n自然人,,三月,预算,430500-01,,\n'))
    await page.getByText('有3处问题').first().waitFor()
    assert.deepEqual(await page.locator('tbody tr td:first-child').allInnerTexts(), ['2', '3', '3'])
    assert.equal(await page.getByRole('button', { name: /^导入\d/ }).count(), 0)

    const good = '自然人,张三,2020-03-03,某年预算,430500-01,信息不存在,2020/3/20\n商业企业,某公司,2020年4月1日,某项名单,430500-01,予以公开,2020-04-20\n'
    await page.getByLabel('台账文件').setInputFiles(file(good))
    await page.getByText('2行都没有问题').first().waitFor()
    await page.getByRole('button', { name: '导入2行' }).click()
    await page.getByText('已导入2件').first().waitFor()
    await page.getByRole('link', { name: '查看这一批' }).click()
    await page.waitForFunction(() => document.querySelectorAll('[data-case]').length === 2)
    await page.goto('/staff/reports/annual?year=2020')
    await page.getByRole('link', { name: /本年新收.*总计：2件/ }).waitFor()
    await registrar.done()
})
