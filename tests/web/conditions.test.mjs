// Under the conditions people really work in: no JavaScript, keyboard alone, a phone, a double click, a restart of the
// service in the middle of a form. Two people on one case: case.test.mjs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, phone } from './browser.mjs'
import { apply } from './forms.mjs'
import { publicPages } from './pages.mjs'

const city = demoCity()

test('every public page works without JavaScript on a phone', async () => {
    const visitor = await city.arrive({ viewport: phone, javaScriptEnabled: false })
    for (const { name, path } of publicPages) {
        const answer = await visitor.page.goto(path)
        assert.equal(answer.status(), name === 'not-found' ? 404 : 200, name)
        assert.equal(await visitor.page.locator('h1').count(), 1, name)
    }
    await apply(visitor.page)
    await visitor.page.getByRole('button', { name: '提交申请' }).click()
    await visitor.page.getByRole('heading', { name: '申请已经提交' }).waitFor()
    await visitor.done()
})

test('a double click makes one request', async () => {
    const visitor = await city.arrive()
    await apply(visitor.page, { title: '双击测试的会议纪要' })
    await visitor.page.getByRole('button', { name: '提交申请' }).dblclick()
    await visitor.page.getByRole('heading', { name: '申请已经提交' }).waitFor()
    const registrar = await city.arrive()
    await registrar.signIn('registrar')
    await registrar.page.goto(`/staff/cases?q=${encodeURIComponent('双击测试的会议纪要')}`)
    const links = registrar.page.locator('main a[href*="/staff/cases/"]')
    await links.first().waitFor() // the words searched for stand above the list before it is there
    const found = await links.evaluateAll((all) => [...new Set(all.map((each) => each.pathname))])
    assert.equal(found.length, 1)
    await visitor.done()
    await registrar.done()
})

test('the keyboard alone hands in what somebody wants to know', async () => {
    const visitor = await city.arrive()
    const { page } = visitor
    await page.goto('/apply?agency=430500-01')
    const reach = async (label) => {
        for (let presses = 0; presses < 60; ++presses) {
            await page.keyboard.press('Tab')
            const focused = page.locator(':focus')
            const name = await focused.evaluate((element) => element.labels?.[0]?.innerText ?? element.innerText ?? '')
            if (name.includes(label)) {
                const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle)
                assert.notEqual(outline, 'none', `${label} shows that it has the focus`)
                return
            }
        }
        assert.fail(`the Tab key does not reach ${label}`)
    }
    await reach('所需信息名称')
    await page.keyboard.type('老旧小区改造会议纪要')
    await reach('所需信息描述')
    await page.keyboard.type('2025年研究老旧小区改造事项的会议纪要全文')
    await reach('保存并继续')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '申请人是谁' }).waitFor()
    await visitor.done()
})

test('what was typed is there after a reload, a way back and a restart of the service', async () => {
    const visitor = await city.arrive({ javaScriptEnabled: false })
    const { page } = visitor
    await apply(page, { title: '重启前填写的标题' })
    await city.program.restart()
    await page.reload()
    await page.getByText('重启前填写的标题').first().waitFor()
    await page.goBack()
    await page.goto('/apply/want')
    assert.equal(await page.getByLabel(/^所需信息名称/).first().inputValue(), '重启前填写的标题')
    await page.goto('/apply/check')
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByRole('heading', { name: '申请已经提交' }).waitFor()
    await visitor.done()
})
