// Where many have failed to come in, the browser computes for a moment and then goes on by itself; without a script the
// page says how long to wait.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, password } from './browser.mjs'
import { fill } from './forms.mjs'

const city = demoCity()

async function fail(path, body, times) {
    for (let i = 0; i < times; ++i) {
        const answer = await fetch(`${city.program.url}/api/v1/${path}`, {
            method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body(i)),
        })
        assert.ok([401, 404, 429].includes(answer.status), `${answer.status}`)
    }
}

async function lookUp(visitor, number) {
    await visitor.page.goto('/track')
    await fill(visitor.page, { '受理编号': number, '查询码': 'AAAA-AAAA-AAAA-AAAA' })
    await visitor.page.getByRole('button', { name: '查询' }).click()
}

test('on the tracking page, with a script and without', async () => {
    await fail('tracking', (i) => ({ number: `430500-01-2026-9999${10 + i}`, query_code: 'AAAA' }), 10)
    const computing = await city.arrive()
    await lookUp(computing, '430500-01-2026-999901')
    await computing.page.getByRole('link', { name: '受理编号或查询码不正确' }).waitFor()
    await computing.done()

    const waiting = await city.arrive({ javaScriptEnabled: false })
    await lookUp(waiting, '430500-01-2026-999902')
    await waiting.page.getByText(/请等待60秒，再按“查询”/).waitFor()
    assert.equal(await waiting.page.getByLabel('受理编号').inputValue(), '430500-01-2026-999902')
    await waiting.done()
})

test('signing in, the application says what it is doing and goes on', async () => {
    await fail('session', (i) => ({ username: `nobody${i}`, password: 'wrong' }), 20)
    const registrar = await city.arrive()
    await registrar.page.addInitScript(() => {
        const seen = new MutationObserver(() => {
            if (document.body?.innerText.includes('算完自动登录')) sessionStorage.setItem('told', 'yes')
        })
        seen.observe(document, { childList: true, subtree: true })
    })
    await registrar.page.goto('/staff/login')
    await registrar.page.getByLabel('用户名').fill('registrar')
    await registrar.page.getByLabel('密码', { exact: true }).fill(password)
    await registrar.page.getByRole('button', { name: '登录' }).click()
    await registrar.page.waitForURL((url) => !url.pathname.endsWith('/login'))
    assert.equal(await registrar.page.evaluate(() => sessionStorage.getItem('told')), 'yes')
    await registrar.done()
})
