// What a test needs done before it begins: staff who speak to the service without a browser.
import assert from 'node:assert/strict'
import { password } from './browser.mjs'

/** The day at the agencies. */
export const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

/** A member of staff, signed in: sends `body` to a path of the interface and gives back the answer. */
export async function caller(program, username) {
    const base = `${program.url}/api/v1`
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

/** A request handed in at the counter of the first agency today, its answer wanted by post. */
export async function registered(program) {
    const registrar = await caller(program, 'registrar')
    return registrar('/cases', {
        agency: '430500-01', channel: 'counter', received_on: today(), evidence: '窗口当面收到',
        applicant: {
            kind: 'natural_person', name: '王小明', id_type: 'resident_id', id_number: '430502199003070014',
            phone: '13800000000', address: '湖南省示范市东塔区石桥路1号', postcode: '422000',
        },
        items: [{ title: '绿地养护合同', description: '2025年城区绿地养护合同全文' }],
        provide_as: 'paper', obtain_by: 'post',
    }, { 'Idempotency-Key': crypto.randomUUID() })
}
