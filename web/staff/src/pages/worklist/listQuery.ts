import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { caseFilters } from '@/api/words'

/** The filter of the work list: the parameters of GET /cases by their own names, and the address holds them as they are. */
export type ListQuery = Record<string, string>

const ofTheService: string[] = caseFilters.map((filter) => filter.name)
const notTheUsers = ['limit', 'cursor']
const filterNames = ofTheService.filter((name) => !notTheUsers.includes(name))

/** Rows fetched at once, and shown before anybody asks for more. */
export const step = 50

/** The filter in an address, always in the same order; what is no filter is left out. */
export function readQuery(query: LocationQuery): ListQuery {
    const filter: ListQuery = {}
    for (const name of filterNames) {
        const value = query[name]
        if (typeof value === 'string' && value !== '') filter[name] = value
    }
    return filter
}

/** How many rows an address shows: it grows with 显示更多, so that a reload shows as many. */
export function readShown(query: LocationQuery): number {
    const shown = Number(query.shown)
    return Number.isInteger(shown) && shown > step ? shown : step
}

/** The filter with changes, as an address; an empty value takes one away. The list begins anew. */
export function withChanges(filter: ListQuery, changes: Record<string, string | undefined>): LocationQueryRaw {
    return Object.fromEntries(Object.entries({ ...filter, ...changes }).filter(([, value]) => value))
}

/** One text for equal filters; also the query of an address. */
export function queryText(filter: ListQuery): string {
    return new URLSearchParams(filter).toString()
}

export function parseText(text: string): ListQuery {
    return Object.fromEntries(new URLSearchParams(text))
}
