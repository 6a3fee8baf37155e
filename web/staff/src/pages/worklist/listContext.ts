import { ref, shallowRef } from 'vue'
import type { LocationQuery } from 'vue-router'
import { answer, api } from '@/api/client'
import type { operations } from '@/api/schema'
import type { Shapes } from '@/api/shapes'
import { queryText, readQuery, step, type ListQuery } from './listQuery'

export type CaseRow = Shapes['CaseRow']
type ServiceQuery = NonNullable<operations['listCases']['parameters']['query']>

const largestPage = 200

/** The cases of one filter as far as they are loaded, in order. */
export class CaseList {
    readonly rows = shallowRef<CaseRow[]>([])
    private readonly next = ref<string | null>('')

    constructor(readonly filter: ListQuery) {}

    /** Whether there are cases after the last row. */
    get hasMore() {
        return this.next.value !== null
    }

    /** Loads from the first case on, until at least `count` are loaded or there are no more. */
    async load(count: number) {
        let rows: CaseRow[] = []
        let next: string | null = ''
        while (next !== null && rows.length < count) {
            const page = await this.readPage(next, Math.min(count - rows.length, largestPage))
            rows = [...rows, ...page.items]
            next = page.next_cursor
        }
        this.rows.value = rows
        this.next.value = next
    }

    async loadMore() {
        if (this.next.value === null) return
        const page = await this.readPage(this.next.value, step)
        this.rows.value = [...this.rows.value, ...page.items]
        this.next.value = page.next_cursor
    }

    private readPage(cursor: string, limit: number) {
        const query = { ...this.filter, limit, cursor: cursor || undefined } as ServiceQuery
        return answer(api.GET('/api/v1/cases', { params: { query } }))
    }
}

let latest = new CaseList({})

/** The list of a filter; the same object while the filter stays the same, so that list and case page share the rows. */
export function listOf(filter: ListQuery): CaseList {
    if (queryText(filter) !== queryText(latest.filter)) latest = new CaseList(filter)
    return latest
}

/** A case and its neighbours in the list it was opened from. */
export interface Place {
    previous: string | null
    next: string | null
    /** Counted from 1. */
    position: number
    /** How many cases are loaded; `hasMore` says whether there are others. */
    count: number
    hasMore: boolean
}

/**
 * Where the case stands in the list that its address carries (`/cases/ID?state=…&sort=due`), loading as much of it as
 * needed; null when the address carries no list, or the case is not in it any more.
 */
export async function findPlace(id: string, query: LocationQuery): Promise<Place | null> {
    const filter = readQuery(query)
    if (Object.keys(filter).length === 0) return null
    const list = listOf(filter)
    const find = () => list.rows.value.findIndex((row) => row.id === id)
    if (list.rows.value.length === 0) await list.load(step)
    while (list.hasMore && (find() < 0 || find() === list.rows.value.length - 1)) await list.loadMore()
    const at = find()
    if (at < 0) return null
    const rows = list.rows.value
    return {
        previous: rows[at - 1]?.id ?? null,
        next: rows[at + 1]?.id ?? null,
        position: at + 1,
        count: rows.length,
        hasMore: list.hasMore,
    }
}
