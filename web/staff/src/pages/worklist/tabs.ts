import type { Shapes } from '@/api/shapes'
import { parseText, type ListQuery } from './listQuery'

export type Tab = Shapes['WorkList']

/** The tab whose conditions are all in the filter; of several the one with the most conditions. */
export function activeTab(tabs: readonly Tab[], filter: ListQuery): Tab | undefined {
    const fits = (tab: Tab) => Object.entries(parseText(tab.query)).every(([name, value]) => filter[name] === value)
    const weight = (tab: Tab) => Object.keys(parseText(tab.query)).length
    return tabs.filter(fits).sort((a, b) => weight(b) - weight(a))[0]
}

/** The filter when another tab is chosen: its conditions in place of those of the tab left, the others stay. */
export function intoTab(tab: Tab, from: Tab | undefined, filter: ListQuery): ListQuery {
    const left = parseText(from?.query ?? '')
    const others = Object.fromEntries(Object.entries(filter).filter(([name]) => !(name in left)))
    return { ...others, ...parseText(tab.query) }
}
