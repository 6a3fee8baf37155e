// A letter that nothing electronic can carry becomes a task, is posted and written down; an account says how it wants to be told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity, password } from './browser.mjs'

const city = demoCity()

/** A member of staff who speaks to the service without a browser. */
async function caller(username) {
    const base = `${city.program.url}/api/v1`
    const json = { 'Content-Type': 'application/json' }
    const entered = await fetch(`${base}/session`, { method: 'POST', headers: json, body: JSON.stringify({ username, password }) })
    const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
    const { csrf_token } = await entered.json()
    return async (path, body, extra = {}) => {
        const headers = { ...json, Cookie: cookie, 'X-CSRF-Token': csrf_token, ...extra }
        const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) })
        assert.ok(answer.ok, await answer.clone().text())
        return answer.json()
    }
}

/** A request that is asked to be corrected; the letter goes by post. */
async function correctionAsked() {
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
    const registrar = await caller('registrar')
    const made = await registrar('/cases', {
        agency: '430500-01', channel: 'counter', received_on: today, evidence: '窗口当面收到',
        applicant: {
            kind: 'natural_person', name: '王小明', id_type: 'resident_id', id_number: '430502199003070014',
            phone: '13800000000', address: '湖南省示范市东塔区石桥路1号', postcode: '422000',
        },
        items: [{ title: '绿地养护合同', description: '2025年城区绿地养护合同全文' }],
        provide_as: 'paper', obtain_by: 'post',
    }, { 'Idempotency-Key': 'deliveries-test' })
    const reviewer = await caller('reviewer')
    const form = { points: ['请写明具体地段'], guidance: '可以写道路或者公园的名称', content_unclear: true }
    await reviewer(`/cases/${made.id}/actions/request_correction`, form, { 'If-Match': `"${made.version}"` })
    return made
}

test('a printed letter is on the page of its case and in the list, and goes out by the post office alone', async () => {
    const made = await correctionAsked()
    const registrar = await city.arrive()
    await registrar.signIn('registrar')
    const { page } = registrar
    const row = page.getByRole('row', { name: new RegExp(made.number) })
    await assert.doesNotReject(async () => {
        for (let tries = 0; (await row.count()) === 0; ++tries) {
            assert.ok(tries < 50, 'the task does not come')
            await page.goto('/staff/deliveries')
            await page.getByRole('heading', { name: '送达任务' }).waitFor()
            await page.waitForTimeout(200)
        }
    })
    await row.getByText('法定告知').waitFor()

    await page.goto(`/staff/cases/${made.id}`)
    await page.getByRole('list', { name: '还没有送达的文书' }).getByText('补正告知').waitFor()
    await page.getByRole('link', { name: '去处理' }).first().click()

    await row.getByRole('button', { name: /登记已送出/ }).click()
    const drawer = page.getByRole('dialog', { name: /登记已送出/ })
    await drawer.getByLabel('邮政单号').fill('SF1234567890123')
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.getByText('这是快递企业的单号').first().waitFor()
    await drawer.getByLabel('邮政单号').fill('1164300000123')
    await drawer.getByRole('button', { name: '保存' }).click()
    await row.waitFor({ state: 'detached' })
    await page.goto('/staff/deliveries?state=sent&kind=print')
    await row.getByText('1164300000123').waitFor()
    await registrar.done()
})

test('an account says how it wants to be told, and finds it again', async () => {
    const handler = await city.arrive()
    await handler.signIn('handler')
    const { page } = handler
    await page.goto('/staff/contact')
    await page.getByLabel('电子邮箱').fill('not an address')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('这不像一个电子邮箱地址').first().waitFor()
    await page.getByLabel('电子邮箱').fill('handler@example.cn')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('没有改动').waitFor()
    await page.reload()
    assert.equal(await page.getByLabel('电子邮箱').inputValue(), 'handler@example.cn')
    await handler.done()
})
