// What somebody hostile types comes out as the text it is, on every page that shows it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity } from './browser.mjs'
import { apply, fill } from './forms.mjs'

const hostile = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>{{7*7}}'

const city = demoCity()

async function harmless(page, where) {
    assert.equal(await page.locator('img[src="x"]').count(), 0, where)
    const scripts = await page.locator('script:not([src])').allTextContents()
    assert.deepEqual(scripts, [], where)
}

test('in an application, from its draft to the page of the case', async () => {
    const applicant = await city.arrive()
    applicant.page.on('dialog', (dialog) => applicant.faults.push(`a script ran: ${dialog.message()}`))
    await apply(applicant.page, { title: hostile, name: '张三<b>' })
    await harmless(applicant.page, 'answers to check')
    assert.ok((await applicant.page.getByText(hostile).count()) > 0, 'shown as it was typed')
    await applicant.page.getByRole('button', { name: '提交申请' }).click()
    await applicant.page.getByRole('heading', { name: '申请已经提交' }).waitFor()
    await harmless(applicant.page, 'receipt')
    const [number, code] = await applicant.page.locator('dd .code, dd.code').allInnerTexts()
    await applicant.page.goto('/track')
    await fill(applicant.page, { '受理编号': number, '查询码': code })
    await applicant.page.getByRole('button', { name: '查询' }).click()
    await applicant.page.getByText(number).first().waitFor()
    await harmless(applicant.page, 'progress')

    const registrar = await city.arrive()
    registrar.page.on('dialog', (dialog) => registrar.faults.push(`a script ran: ${dialog.message()}`))
    await registrar.signIn('registrar')
    await registrar.page.goto(`/staff/cases?q=${encodeURIComponent(number)}`)
    await registrar.page.getByText(hostile).first().waitFor()
    await harmless(registrar.page, 'work list')
    await registrar.page.getByRole('link', { name: number }).first().click()
    await registrar.page.getByText(hostile).first().waitFor()
    await harmless(registrar.page, 'case')
    await applicant.done()
    await registrar.done()
})

test('in an address: searched for, never run', async () => {
    const visitor = await city.arrive()
    for (const path of ['/?q=', '/published?q=', '/calculator?from=', '/track?number=', '/nothing/']) {
        await visitor.page.goto(path + encodeURIComponent(hostile))
        await harmless(visitor.page, path)
    }
    await visitor.done()
})

test('control characters and turned writing are refused or shown as what they are', async () => {
    for (const odd of ['甲\u0000乙', '甲\u202E乙']) {
        const visitor = await city.arrive()
        await visitor.page.goto('/apply?agency=430500-01')
        await fill(visitor.page, { '所需信息名称': odd, '所需信息描述': `会议纪要全文${odd}` })
        await visitor.page.getByRole('button', { name: '保存并继续' }).click()
        const refused = await visitor.page.getByRole('alert').count()
        const shown = await visitor.page.content()
        assert.ok(refused > 0 || !['\u0000', '\u202E'].some((mark) => shown.includes(mark)), JSON.stringify(odd))
        await visitor.done()
    }
})
