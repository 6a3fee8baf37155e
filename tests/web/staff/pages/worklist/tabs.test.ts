import { expect, test } from 'vitest'
import { activeTab, intoTab, type Tab } from '@/pages/worklist/tabs'

const tab = (code: string, query: string) => ({ code, label: code, query, count: 0, at_least: false }) as Tab
const mine = tab('mine', 'mine=true')
const department = tab('department', 'department=d1')
const unclaimed = tab('unclaimed', 'department=d1&unclaimed=true')
const all = tab('all', '')
const tabs = [mine, department, unclaimed, all]

test('of the tabs that fit the filter the one that says most is active', () => {
    expect(activeTab(tabs, { mine: 'true', state: 'handling' })).toBe(mine)
    expect(activeTab(tabs, { department: 'd1' })).toBe(department)
    expect(activeTab(tabs, { department: 'd1', unclaimed: 'true' })).toBe(unclaimed)
    expect(activeTab(tabs, { department: 'd2' })).toBe(all)
})

test('another tab takes the place of the one left and keeps the other conditions', () => {
    expect(intoTab(mine, unclaimed, { department: 'd1', unclaimed: 'true', q: '规划', sort: 'due' })).toEqual({
        q: '规划',
        sort: 'due',
        mine: 'true',
    })
    expect(intoTab(all, mine, { mine: 'true', sort: 'due' })).toEqual({ sort: 'due' })
})
