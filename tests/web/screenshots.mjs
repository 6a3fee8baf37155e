// usage: node tests/web/screenshots.mjs [FOLDER]
// Pictures of every screen on a desktop, a phone and in 长辈版, in FOLDER (build/screenshots unless given), to look at.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { desktop, launch, phone, Program, Visitor } from './browser.mjs'
import { apply } from './forms.mjs'
import { publicPages, staffPages } from './pages.mjs'

const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../../build/screenshots'))
await mkdir(folder, { recursive: true })
const program = await Program.demo()
const browser = await launch()

const looks = [
    { name: 'desktop', viewport: desktop },
    { name: 'phone', viewport: phone },
    { name: 'elder', viewport: desktop, elder: true },
]

async function arrive({ viewport, elder }) {
    const visitor = await Visitor.arrive(browser, program, { viewport })
    if (elder) {
        await visitor.context.addCookies([{ name: 'a11y', value: 'elder', url: program.url }])
        await visitor.context.addInitScript(() => localStorage.setItem('display', JSON.stringify({ elder: true })))
    }
    return visitor
}

async function picture(page, name) {
    await page.waitForLoadState('networkidle').catch(() => {}) // the supervisor's events never end
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })
    console.log(name)
}

for (const look of looks) {
    const visitor = await arrive(look)
    for (const { name, path: address } of publicPages) {
        await visitor.page.goto(address)
        await picture(visitor.page, `public-${name}-${look.name}`)
    }
    await apply(visitor.page, { pause: (step) => picture(visitor.page, `public-${step}-${look.name}`) })
    await picture(visitor.page, `public-apply-check-${look.name}`)
    await visitor.page.getByRole('button', { name: '提交申请' }).click()
    await picture(visitor.page, `public-receipt-${look.name}`)
    await visitor.done()

    for (const username of new Set(staffPages.map((each) => each.as))) {
        const person = await arrive(look)
        await person.page.goto('/staff/login')
        if (username === staffPages[0].as) await picture(person.page, `staff-login-${look.name}`)
        await person.signIn(username)
        for (const { name, path: address, then } of staffPages.filter((each) => each.as === username)) {
            await person.page.goto(address)
            await then?.(person.page)
            await picture(person.page, `staff-${name}-${look.name}`)
        }
        await person.done()
    }
}
await browser.close()
await program.remove()
