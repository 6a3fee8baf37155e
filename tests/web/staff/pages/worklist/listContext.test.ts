import { beforeEach, expect, test, vi } from 'vitest'
import { listOf, findPlace } from '@/pages/worklist/listContext'

const total = 120
let asked: URLSearchParams[] = []

/** A service with the cases c1 … c120; the cursor is the number of the last one given. */
beforeEach(() => {
    asked = []
    vi.stubGlobal('fetch', async (request: Request) => {
        const query = new URL(request.url).searchParams
        asked.push(query)
        const from = Number(query.get('cursor') ?? 0)
        const end = Math.min(from + Number(query.get('limit')), total)
        const items = Array.from({ length: end - from }, (_, i) => ({ id: `c${from + i + 1}` }))
        return Response.json({ items, next_cursor: end < total ? String(end) : null })
    })
})

const ids = (filter: Record<string, string>) => listOf(filter).rows.value.map((row) => row.id)

test('a list loads as many rows as the address shows, and no more than there are', async () => {
    const filter = { sort: 'due', q: 'load' }
    await listOf(filter).load(100)
    expect(ids(filter)).toHaveLength(100)
    expect(listOf(filter).hasMore).toBe(true)
    await listOf(filter).loadMore()
    expect(ids(filter).at(-1)).toBe('c120')
    expect(listOf(filter).hasMore).toBe(false)
    expect(asked.every((query) => query.get('q') === 'load' && query.get('sort') === 'due')).toBe(true)
})

test('a case knows its neighbours, also across pages that are not loaded yet', async () => {
    expect(await findPlace('c1', { sort: 'number' })).toMatchObject({ previous: null, next: 'c2', position: 1 })
    expect(await findPlace('c50', { sort: 'number' })).toMatchObject({ previous: 'c49', next: 'c51', position: 50 })
    expect(await findPlace('c120', { sort: 'number' })).toMatchObject({ previous: 'c119', next: null, hasMore: false })
})

test('without a list in the address there are no neighbours, nor for a case outside it', async () => {
    expect(await findPlace('c1', { tab: 'files' })).toBeNull()
    expect(await findPlace('elsewhere', { sort: 'received' })).toBeNull()
})
