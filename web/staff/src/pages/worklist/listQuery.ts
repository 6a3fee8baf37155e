import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { caseFilters } from '@/api/words'

/** The filter of the work list: the parameters of GET /cases by their own names, and the address holds them as they are. */
export type ListQuery = Record<string, string>

const ofTheService: string[] = caseFilters.map((filter) => filter.name)
const notTheUsers = ['limit', 'cursor']
const filterNames = ofTheService.filter((name) => !notTheUsers.includes(name))

/** Rows fetched at once, and shown before anybody asks for more. */
export const step = 50

/** Reads the filter from an address, its parameters always in the same order; ignores all other parameters. */
export function readQuery(query: LocationQuery): ListQuery {
    const filter: ListQuery = {}
    for (const name of filterNames) {
        const value = query[name]
        if (typeof value === 'string' && value !== '') filter[name] = value
    }
    return filter
}

/** How many rows an address shows. 显示更多 (show more) raises it, so that a reload shows as many. */
export function readShown(query: LocationQuery): number {
    const shown = Number(query.shown)
    return Number.isInteger(shown) && shown > step ? shown : step
}

/** The query of an address for the filter with changes; an empty value removes a condition. The list starts at its top. */
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
