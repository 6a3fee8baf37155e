import { expect, test } from 'vitest'
import { conditions } from '@/pages/worklist/filterWords'

const texts = async (filter: Record<string, string>, tab = '') => (await conditions(filter, tab)).map(({ text }) => text)

test('codes are shown by the words of the service, days as people count them', async () => {
    expect(await texts({ state: 'handling,approving', due_after: '2026-11-22', due_before: '2026-12-01', q: '规划' })).toEqual([
        '状态：办理中、审批中',
        '到期日自：2026-11-23 周一',
        '到期日至：2026-11-30 周一',
        '包含：“规划”',
    ])
})

test('neither the tab nor the order is a condition to take away', async () => {
    expect(await texts({ mine: 'true', sort: 'due', channel: 'counter' }, 'mine=true')).toEqual(['渠道：当面'])
})

test('a condition without a field of its own is shown in the words of the service', async () => {
    expect(await texts({ mine: '1' })).toEqual(['只列我的待办'])
})
