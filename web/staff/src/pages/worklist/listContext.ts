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
    get goesOn() {
        return this.next.value !== null
    }

    /** From the first case on until at least `count` are there, or all. */
    async load(count: number) {
        let rows: CaseRow[] = []
        let next: string | null = ''
        while (next !== null && rows.length < count) {
            const page = await this.page(next, Math.min(count - rows.length, largestPage))
            rows = [...rows, ...page.items]
            next = page.next_cursor
        }
        this.rows.value = rows
        this.next.value = next
    }

    async more() {
        if (this.next.value === null) return
        const page = await this.page(this.next.value, step)
        this.rows.value = [...this.rows.value, ...page.items]
        this.next.value = page.next_cursor
    }

    private page(cursor: string, limit: number) {
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
    /** Loaded so far; with `goesOn` there are more. */
    count: number
    goesOn: boolean
}

/**
 * Where the case stands in the list that its address carries (`/cases/ID?state=…&sort=due`), loading as much of it as
 * needed; null when the address carries no list, or the case is not in it any more.
 */
export async function placeOf(id: string, query: LocationQuery): Promise<Place | null> {
    const filter = readQuery(query)
    if (Object.keys(filter).length === 0) return null
    const list = listOf(filter)
    const find = () => list.rows.value.findIndex((row) => row.id === id)
    if (list.rows.value.length === 0) await list.load(step)
    while (list.goesOn && (find() < 0 || find() === list.rows.value.length - 1)) await list.more()
    const at = find()
    if (at < 0) return null
    const rows = list.rows.value
    return {
        previous: rows[at - 1]?.id ?? null,
        next: rows[at + 1]?.id ?? null,
        position: at + 1,
        count: rows.length,
        goesOn: list.goesOn,
    }
}
