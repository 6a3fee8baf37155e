import { afterEach, expect, test, vi } from 'vitest'
import type { Shapes } from '@/api/shapes'
import { useAction } from '@/pages/case/useAction'

const facts = { id: 'c', version: 3 } as Shapes['Case']
const permission = {
    action: 'note',
    allowed: true,
    fields: { type: 'object', properties: { remark: { type: 'string', title: '说明' } }, required: ['remark'] },
} as unknown as Shapes['ActionPermission']

interface Sent {
    method: string
    path: string
    version: string | null
    body: string
}

/** A service that answers each call with the next of `answers` for its path. */
function serve(answers: Record<string, [number, object][]>) {
    const sent: Sent[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
        const path = new URL(request.url).pathname.replace('/api/v1/cases/c', '')
        sent.push({ method: request.method, path, version: request.headers.get('If-Match'), body: await request.text() })
        const [status, body] = answers[path]!.shift()!
        const type = status < 400 ? 'application/json' : 'application/problem+json'
        return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } })
    })
    return sent
}
afterEach(() => vi.unstubAllGlobals())

test('it is done on the version that was seen', async () => {
    const sent = serve({ '/actions/note': [[200, { id: 'c', version: 4 }]] })
    const action = useAction(facts, permission)
    action.value.remark = '已电话沟通'
    expect(await action.submit()).toMatchObject({ version: 4 })
    expect(sent[0]).toMatchObject({ method: 'POST', version: '"3"', body: '{"remark":"已电话沟通"}' })
})

test('faults stand at their fields', async () => {
    const errors = [{ pointer: '/remark', code: 'missing', detail: '请填写“说明”。' }]
    serve({ '/actions/note': [[422, { status: 422, detail: '有误', errors }]] })
    const action = useAction(facts, permission)
    expect(await action.submit()).toBeUndefined()
    expect(action.faults.value.get('/remark')).toBe('请填写“说明”。')
})

test('a save that comes too late shows what others did, keeps what was typed, and can be sent again', async () => {
    const sent = serve({
        '/actions/note': [
            [412, { status: 412, detail: '有新的记录', current: { id: 'c', version: 5 } }],
            [200, { id: 'c', version: 6 }],
        ],
        '/timeline': [[200, { items: [{ version: 3 }, { version: 4 }, { version: 5 }] }]],
        '/actions': [[200, { actions: [permission] }]],
    })
    const action = useAction(facts, permission)
    action.value.remark = '已电话沟通'
    expect(await action.submit()).toBeUndefined()
    expect(action.error.value).toBeNull()
    expect(action.conflict.value!.events.map((event) => event.version)).toEqual([5, 4])
    expect(action.conflict.value!.reason).toBeNull()

    expect(await action.resubmit()).toMatchObject({ version: 6 })
    expect(sent.at(-1)).toMatchObject({ version: '"5"', body: '{"remark":"已电话沟通"}' })
})

test('where the step is no longer possible, the conflict says why', async () => {
    serve({
        '/actions/note': [[412, { status: 412, detail: '有新的记录', current: { id: 'c', version: 4 } }]],
        '/timeline': [[200, { items: [{ version: 4 }] }]],
        '/actions': [[200, { actions: [{ ...permission, allowed: false, reason: '这件申请已有承办人。' }] }]],
    })
    const action = useAction(facts, permission)
    await action.submit()
    expect(action.conflict.value!.reason).toBe('这件申请已有承办人。')
})
