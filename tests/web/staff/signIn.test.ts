import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { session } from '@/api/session'
import { localPath, signIn } from '@/signIn'
import { solve } from '../../../web/proof_of_work.js'

const begins = (text: string) => createHash('sha256').update(text).digest().readUInt32BE(0)

afterEach(() => session.end())

test('a proof of work is one by SHA-256, however long the challenge', async () => {
    for (let length = 0; length < 140; ++length) {
        const challenge = 'x'.repeat(length)
        expect(begins(`${challenge}:${await solve(challenge, 8)}`)).toBeLessThan(2 ** 24)
    }
})

test('what the service wants computed first is computed and sent with the same words', async () => {
    const bodies: { username: string; proof_of_work: { challenge: string; solution: string } | null }[] = []
    const asked = { status: 429, code: 'proof_of_work_required', detail: '请先计算。', challenge: 'c', difficulty: 8, wait: 60 }
    const answers = [
        new Response(JSON.stringify(asked), { status: 429, headers: { 'Content-Type': 'application/problem+json' } }),
        new Response(JSON.stringify({ csrf_token: 't', roles: [] }), { status: 201, headers: { 'Content-Type': 'application/json' } }),
    ]
    vi.stubGlobal('fetch', async (request: Request) => {
        bodies.push(await request.json())
        return answers.shift()
    })
    const working = vi.fn()
    await signIn('registrar', 'secret', '', working)
    expect(working).toHaveBeenCalledOnce()
    expect(bodies.map((body) => body.username)).toEqual(['registrar', 'registrar'])
    expect(bodies[0].proof_of_work).toBeNull()
    expect(bodies[1].proof_of_work?.challenge).toBe('c')
    expect(begins(`c:${bodies[1].proof_of_work?.solution}`)).toBeLessThan(2 ** 24)
    expect(session.csrfToken).toBe('t')
})

test('after signing in only addresses of this application are gone to', () => {
    expect(localPath('/cases?mine=true&sort=due')).toBe('/cases?mine=true&sort=due')
    for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', 'cases', '', undefined, ['/a', '/b'], '/login?next=/cases']) {
        expect(localPath(elsewhere)).toBe('/')
    }
})
