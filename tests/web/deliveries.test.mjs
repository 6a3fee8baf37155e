// A letter that nothing electronic can carry becomes a task, is posted and written down; an account says how it wants to be told.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { demoCity } from './browser.mjs'
import { caller, registered } from './caller.mjs'

const city = demoCity()

/** A request that is asked to be corrected; the letter goes by post. */
async function correctionAsked() {
    const made = await registered(city.program)
    const reviewer = await caller(city.program, 'reviewer')
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

test('all that waits is printed as one file, and stays to be confirmed one by one', async () => {
    const made = await correctionAsked()
    const registrar = await city.arrive()
    await registrar.signIn('registrar')
    const { page } = registrar
    const row = page.getByRole('row', { name: new RegExp(made.number) })
    for (let tries = 0; (await row.count()) === 0; ++tries) {
        assert.ok(tries < 50, 'the task does not come')
        await page.goto('/staff/deliveries')
        await page.getByRole('heading', { name: '送达任务' }).waitFor()
        await page.waitForTimeout(200)
    }
    const print = async () => {
        const begun = page.waitForEvent('download', { timeout: 3000 }).catch(() => null)
        await page.getByRole('button', { name: '打印全部待送文书' }).click()
        return begun
    }
    let download = await print()
    for (let tries = 0; !download; ++tries) {
        assert.ok(tries < 15, 'the letter is not made')
        await page.getByText('没有等待打印的文书').first().waitFor()
        download = await print()
    }
    assert.match(download.suggestedFilename(), /^待送文书-\d{4}-\d{2}-\d{2}\.pdf$/)
    const text = execFileSync('pdftotext', ['-layout', await download.path(), '-'], { encoding: 'utf8' })
    assert.match(text, /待送文书清单/)
    assert.ok(text.includes(made.number) && text.includes('王小明') && text.includes('石桥路1号'), text)
    await row.getByRole('button', { name: /登记已送出/ }).waitFor()
    // What the law asks for is not called off without a reason.
    await row.getByRole('button', { name: /^取消/ }).click()
    const drawer = page.getByRole('dialog', { name: /^取消/ })
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.getByText('取消要写明理由').first().waitFor()
    await drawer.getByLabel('取消的理由').fill('已经当面交给申请人')
    await drawer.getByRole('button', { name: '保存' }).click()
    await row.waitFor({ state: 'detached' })
    await registrar.done()
})

test('an account says how it wants to be told, and finds it again', async () => {
    const handler = await city.arrive()
    await handler.signIn('handler')
    const { page } = handler
    await page.goto('/staff/contact')
    await page.getByLabel('电子邮箱').fill('not an address')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('电子邮箱的格式不对').first().waitFor()
    await page.getByLabel('电子邮箱').fill('handler@example.cn')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('没有改动').waitFor()
    await page.reload()
    assert.equal(await page.getByLabel('电子邮箱').inputValue(), 'handler@example.cn')
    await handler.done()
})
