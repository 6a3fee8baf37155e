// The real program in a real browser, for every test of the pages: a demo city of its own on a free port, Debian's
// Chromium, and for each page a watch over what must never happen (a violated Content-Security-Policy, a script error).
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before } from 'node:test'
import { chromium } from 'playwright-core'

export const password = 'Yanshi-430500'
const program = process.env.DISCLOSURE ?? path.resolve(import.meta.dirname, '../../build/release/server/disclosure')

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 390, height: 844 }

const many = 1_000_000

async function freePort() {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address()
    server.close()
    await once(server, 'close')
    return port
}

/** The program on a data folder; `stop` and `start` again as an operator would. */
export class Program {
    static async demo() {
        const made = new Program()
        made.folder = await mkdtemp(path.join(tmpdir(), 'disclosure-web-'))
        made.address = `127.0.0.1:${await freePort()}`
        made.url = `http://${made.address}`
        await made.run('demo')
        return made
    }

    async run(verb) {
        const data = path.join(this.folder, 'data')
        const settings = verb === 'serve' ? ['--config', await this.settings()] : []
        this.process = spawn(program, [verb, ...settings, '--data', data, '--listen', this.address], { stdio: ['ignore', 'pipe', 'pipe'] })
        let said = ''
        const heard = (bytes) => (said += bytes)
        this.process.stdout.on('data', heard)
        this.process.stderr.on('data', heard)
        for (let tries = 0; tries < 600; ++tries) {
            assert.equal(this.process.exitCode, null, `the program ended: ${said}`)
            const ready = await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)
            if (ready) return
            await new Promise((done) => setTimeout(done, 50))
        }
        assert.fail(`the program does not answer: ${said}`)
    }

    /** The settings `disclosure demo` runs with: cookies without https, and one machine may be many visitors. */
    async settings() {
        const file = path.join(this.folder, 'serve.toml')
        await writeFile(file, `[session]
secure_cookies = false
[public]
writes_per_minute = ${many}
applications_per_day = ${many}
`)
        return file
    }

    async stop() {
        if (this.process.exitCode !== null) return
        this.process.kill('SIGTERM')
        await once(this.process, 'exit')
    }

    async restart() {
        await this.stop()
        await this.run('serve')
    }

    async remove() {
        await this.stop()
        await rm(this.folder, { recursive: true })
    }
}

const flags = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
]

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })

/** A visitor with cookies of their own. `faults` fills with what no page may do; `done` closes and checks it is empty. */
export class Visitor {
    static async arrive(browser, program, { viewport = desktop, ...options } = {}) {
        const visitor = new Visitor()
        visitor.faults = []
        visitor.context = await browser.newContext({ baseURL: program.url, viewport, locale: 'zh-CN', ...options })
        visitor.context.setDefaultTimeout(30_000)
        await visitor.context.exposeFunction('reportViolation', (text) => visitor.faults.push(text))
        await visitor.context.addInitScript(() => {
            addEventListener('securitypolicyviolation', (event) =>
                window.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))
        })
        visitor.page = await visitor.context.newPage()
        visitor.page.on('pageerror', (error) => visitor.faults.push(`script error: ${error.stack ?? error}`))
        visitor.page.on('request', (request) => {
            const { host, protocol } = new URL(request.url())
            const own = host === program.address || protocol === 'data:' || protocol === 'blob:'
            if (!own) visitor.faults.push(`a request to another host: ${request.url()}`)
        })
        return visitor
    }

    async signIn(username) {
        await this.page.goto('/staff/login')
        await this.page.getByLabel('用户名').fill(username)
        await this.page.getByLabel('密码', { exact: true }).fill(password)
        await this.page.getByRole('button', { name: '登录' }).click()
        await this.page.waitForURL((url) => !url.pathname.endsWith('/login'))
    }

    async done() {
        await this.context.close()
        assert.deepEqual(this.faults, [])
    }
}

/** A demo city with a browser, for all tests of a file. */
export function demoCity() {
    const city = { arrive: (options) => Visitor.arrive(city.browser, city.program, options) }
    before(async () => {
        city.program = await Program.demo()
        city.browser = await launch()
    })
    after(async () => {
        await city.browser?.close()
        await city.program?.remove()
    })
    return city
}
