import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, reactive } from 'vue'
import { useDraft } from '@/parts/useDraft'

let kept: string | null = null
let writes = 0

beforeEach(() => {
    vi.useFakeTimers()
    kept = null
    writes = 0
    vi.stubGlobal('fetch', async (request: Request) => {
        if (request.method === 'PUT') {
            writes += 1
            kept = await request.text()
            return new Response(null, { status: 204 })
        }
        if (request.method === 'DELETE') {
            kept = null
            return new Response(null, { status: 204 })
        }
        const type = kept ? 'application/json' : 'application/problem+json'
        return new Response(kept ?? '{"status":404}', { status: kept ? 200 : 404, headers: { 'Content-Type': type } })
    })
})
afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
})

async function begin(value: Record<string, string>) {
    const scope = effectScope()
    const draft = scope.run(() => useDraft('case-c-note', value))!
    await draft.restore()
    return { scope, draft }
}

test('typing is kept once it pauses, and comes back on the next visit', async () => {
    const value = reactive({ remark: '' })
    const { scope, draft } = await begin(value)
    expect(draft.restoredFrom.value).toBe('')
    value.remark = '已'
    await nextTick()
    value.remark = '已电话沟通'
    await nextTick()
    await vi.advanceTimersByTimeAsync(2000)
    await flushPromises()
    expect(writes).toBe(1)
    expect(draft.savedAt.value).toMatch(/^\d\d:\d\d$/)
    scope.stop()

    const again = reactive({ remark: '' })
    const next = await begin(again)
    expect(again.remark).toBe('已电话沟通')
    expect(next.draft.restoredFrom.value).not.toBe('')
    next.scope.stop()
})

test('leaving before the pause keeps it all the same', async () => {
    const value = reactive({ remark: '' })
    const { scope } = await begin(value)
    value.remark = '没写完'
    await nextTick()
    scope.stop()
    await flushPromises()
    expect(kept).toContain('没写完')
})

test('what is discarded is gone, and is not kept again on leaving', async () => {
    const value = reactive({ remark: '' })
    const { scope, draft } = await begin(value)
    value.remark = '作废'
    await nextTick()
    await draft.discard()
    scope.stop()
    await flushPromises()
    expect(kept).toBeNull()
})
