// axe on every page, in every look: nothing serious or critical, nothing wider than the screen.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { demoCity, desktop } from './browser.mjs'
import { act, apply } from './forms.mjs'
import { openFirstCase, publicPages, staffPages } from './pages.mjs'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const narrow = { width: 320, height: 640 }
const zoomed = { width: 640, height: 450 } // what 1280 px zoomed to 200 % shows
const looks = [
    { name: 'usual', sizes: [narrow, zoomed, desktop] },
    { name: '长辈版', sizes: [desktop], elder: true },
]

const city = demoCity()

async function arrive({ elder } = {}) {
    // Evaluated through the debugger, axe is not held back by the page's policy, which the watch still sees.
    const visitor = await city.arrive({ viewport: desktop })
    if (elder) {
        await visitor.context.addCookies([{ name: 'a11y', value: 'elder', url: city.program.url }])
        await visitor.context.addInitScript(() => localStorage.setItem('display', JSON.stringify({ elder: true })))
    }
    return visitor
}

/** The page as it stands, in a window of each size. */
async function check(page, where, { name, sizes } = looks[0]) {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
    assert.equal(await page.locator('h1').count(), 1, `${where}: one h1`)
    for (const viewport of sizes) {
        await page.setViewportSize(viewport)
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
        const there = `${where}, ${name}, ${viewport.width} px`
        const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), rules)
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        const said = grave.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).slice(0, 3).join('\n  ')}`)
        assert.deepEqual(said, [], `${there}\n${said.join('\n')}`)
        const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
        assert.ok(wide <= view, `${there}: ${wide} px wide on a screen of ${view}`)
    }
}

for (const look of looks) {
    test(`public pages, ${look.name}`, async () => {
        const visitor = await arrive(look)
        for (const { name, path } of publicPages) {
            await visitor.page.goto(path)
            await check(visitor.page, name, look)
        }
        await visitor.page.goto('/apply?agency=430500-01')
        await visitor.page.getByRole('button', { name: '保存并继续' }).click()
        await check(visitor.page, 'errors of the form', look)
        await apply(visitor.page, { pause: (step) => check(visitor.page, step, look) })
        await check(visitor.page, 'answers to check', look)
        await visitor.page.getByRole('button', { name: '提交申请' }).click()
        await visitor.page.getByRole('heading', { name: '申请已经提交' }).waitFor()
        await check(visitor.page, 'receipt', look)
        await visitor.done()
    })

    test(`staff application, ${look.name}`, async () => {
        const nobody = await arrive(look)
        await nobody.page.goto('/staff/login')
        await nobody.page.getByLabel('用户名').waitFor()
        await check(nobody.page, 'login', look)
        await nobody.done()
        for (const username of new Set(staffPages.map((each) => each.as))) {
            const visitor = await arrive(look)
            await visitor.signIn(username)
            for (const { name, path, then } of staffPages.filter((each) => each.as === username)) {
                await visitor.page.goto(path)
                await visitor.page.locator('h1').waitFor()
                await then?.(visitor.page)
                await check(visitor.page, name, look)
            }
            await visitor.done()
        }
    })
}

test('the reply workshop', async () => {
    const visitor = await arrive()
    await visitor.signIn('handler')
    const { items } = await (await visitor.context.request.get('/api/v1/cases?state=handling&unclaimed=true')).json()
    await visitor.page.goto(`/staff/cases/${items[0].id}`)
    await act(visitor.page, '认领')
    await visitor.page.getByRole('button', { name: '拟写答复', exact: true }).click()
    await visitor.page.getByRole('form', { name: '答复' }).waitFor()
    await check(visitor.page, 'reply workshop')
    await visitor.done()
})

test('a case and its forms', async () => {
    const visitor = await arrive()
    await visitor.signIn('handler')
    await openFirstCase(visitor.page)
    await check(visitor.page, 'case')
    const steps = visitor.page.getByRole('region', { name: '办理' }).locator('.allowed button')
    for (let n = 0; n < (await steps.count()); ++n) {
        if (['拟写答复', '修改答复'].includes(await steps.nth(n).innerText())) continue // it has a page of its own
        await steps.nth(n).click()
        await visitor.page.getByRole('dialog').waitFor()
        await check(visitor.page, `form ${n} of a case`)
        await visitor.page.keyboard.press('Escape')
        await visitor.page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await visitor.done()
})
