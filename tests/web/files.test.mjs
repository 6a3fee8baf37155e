// Files of a case: uploaded, checked before they go out, blacked out with the pointer and by keyboard alone; a mark of
// secrecy quarantines; an applicant adds files without a script.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCity } from './browser.mjs'
import { pdf } from './pdf.mjs'

const city = demoCity()

/** A handler on the files of a case. */
async function onFiles() {
    const visitor = await city.arrive()
    await visitor.signIn('handler')
    const { items } = await (await visitor.context.request.get('/api/v1/cases?state=handling&limit=1')).json()
    await visitor.page.goto(`/staff/cases/${items[0].id}#files`)
    visitor.files = visitor.page.getByRole('list', { name: '材料' })
    visitor.upload = async (name, content) => {
        await visitor.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content })
        await visitor.files.getByText(name).waitFor()
    }
    return visitor
}

test('areas are blacked out, with the pointer and by keyboard', async () => {
    const handler = await onFiles()
    const { page, files } = handler
    await handler.upload('notice.pdf', pdf('Public', 'Tel 13812345678'))
    await page.getByRole('button', { name: 'notice.pdf的外发检查' }).click()
    const findings = page.getByRole('region', { name: 'notice.pdf的外发检查' })
    await findings.getByText('手机号码').waitFor()
    assert.equal(await findings.getByRole('button', { name: '随答复提供' }).isDisabled(), true)
    await findings.getByRole('link', { name: '涂黑后重新生成' }).click()

    const image = page.getByRole('img', { name: '第1页的图像' })
    await image.waitFor()
    await page.waitForFunction(() => document.querySelector('.paper img').naturalWidth > 0)
    const box = await image.boundingBox()
    await page.mouse.move(box.x + box.width * 0.08, box.y + box.height * 0.34)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.44, { steps: 4 })
    await page.mouse.up()
    await page.getByRole('group', { name: /第1处/ }).waitFor()

    await page.getByRole('button', { name: '用数字增加一处' }).focus()
    await page.keyboard.press('Enter')
    const second = page.getByRole('group', { name: /第2处/ })
    await second.getByLabel('上', { exact: true }).focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('800')
    await page.getByRole('button', { name: '生成涂黑后的文件（2处）' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#files$/)
    await files.getByText('notice（区分处理）.pdf').waitFor()
    await page.getByRole('button', { name: 'notice（区分处理）.pdf的外发检查' }).click()
    const after = page.getByRole('region', { name: 'notice（区分处理）.pdf的外发检查' })
    await after.getByText('没有发现隐藏内容和个人信息。').waitFor()
    await after.getByRole('button', { name: '随答复提供' }).click()
    await files.getByText('随答复提供', { exact: true }).waitFor()
    await handler.done()
})

test('a mark of secrecy quarantines the file, and two people decide', async () => {
    const handler = await onFiles()
    await handler.upload('secret.txt', Buffer.from('机密★10年'))
    await handler.files.getByText('已隔离，等待审核').waitFor()
    await handler.done()

    const guard = await city.arrive()
    await guard.signIn('security_admin')
    await guard.page.goto('/staff/incidents')
    await guard.page.getByText('机密★').waitFor()
    await guard.page.getByRole('button', { name: '提出意见' }).click()
    const form = guard.page.getByRole('dialog')
    await form.getByLabel('理由').fill('确属涉密文件，按规定销毁。')
    await form.getByRole('button', { name: '提出' }).click()
    await guard.page.getByText('待复核：涉密，销毁并按规定报告').waitFor()
    assert.equal(await guard.page.getByRole('button', { name: '复核同意' }).count(), 0)
    await guard.done()
})
