import { expect, test } from 'vitest'
import { parseText, queryText, readQuery, readShown, withChanges } from '@/pages/worklist/listQuery'

test('an address gives the filter in one order, without what is no filter', () => {
    const filter = readQuery({ q: '会议纪要', state: 'handling,approving', tab: 'files', shown: '100', limit: '7', stage: '' })
    expect(Object.entries(filter)).toEqual([['state', 'handling,approving'], ['q', '会议纪要']])
})

test('a filter survives the way through an address', () => {
    const filter = { state: 'handling', q: '规划 & 预算=2025+1' }
    expect(parseText(queryText(filter))).toEqual(filter)
})

test('a change begins the list anew, an empty value takes a filter away', () => {
    expect(withChanges({ state: 'handling', q: '规划' }, { state: '', sort: 'due' })).toEqual({ q: '规划', sort: 'due' })
})

test('an address says how many rows are shown, at least the first page', () => {
    expect(readShown({ shown: '150' })).toBe(150)
    expect(readShown({ shown: '3' })).toBe(50)
    expect(readShown({ shown: 'all' })).toBe(50)
})
