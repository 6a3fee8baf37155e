import { beforeEach, expect, test, vi } from 'vitest'
import type { CaseRow } from '@/pages/worklist/listContext'
import { useBulk } from '@/pages/worklist/useBulk'

const rows = ['c1', 'c2', 'c3'].map((id, index) => ({ id, version: index + 4 }) as CaseRow)
let done: { address: string; version: string | null; body: string }[] = []

/** c2 may not be done at all; c3 has been changed by somebody since. */
beforeEach(() => {
    done = []
    vi.stubGlobal('fetch', async (request: Request) => {
        const { pathname } = new URL(request.url)
        const refused = pathname.includes('/c2/')
        if (request.method === 'GET') {
            const reason = refused ? '不属于本部门。' : null
            return Response.json({ actions: [{ action: 'remind', action_label: '催办', allowed: !refused, reason, fields: {} }] })
        }
        done.push({ address: pathname, version: request.headers.get('If-Match'), body: await request.text() })
        const problem = { status: 412, headers: { 'Content-Type': 'application/problem+json' } }
        return pathname.includes('/c3/') ? new Response('{"detail":"内容已被他人更新。"}', problem) : Response.json({})
    })
})

test('does what the service allows, one by one at the version seen, and keeps its reasons', async () => {
    const bulk = useBulk('remind', rows)
    await bulk.check()
    expect(bulk.entries.map((entry) => entry.stand)).toEqual(['ready', 'refused', 'ready'])
    expect(bulk.ready.value).toBe(2)

    await bulk.run({ reason: '请尽快办理' })
    expect(done).toEqual([
        { address: '/api/v1/cases/c1/actions/remind', version: '"4"', body: '{"reason":"请尽快办理"}' },
        { address: '/api/v1/cases/c3/actions/remind', version: '"6"', body: '{"reason":"请尽快办理"}' },
    ])
    expect(bulk.entries.map((entry) => entry.reason)).toEqual(['', '不属于本部门。', '内容已被他人更新。'])
    expect([bulk.done.value, bulk.refused.value, bulk.finished.value]).toEqual([1, 2, true])
})
