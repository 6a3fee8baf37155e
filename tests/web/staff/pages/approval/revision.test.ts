import { expect, test } from 'vitest'
import type { Shapes } from '@/api/shapes'
import { changesSinceReturn } from '@/pages/approval/revision'

const event = (action: string, data: object = {}) => ({ action, data }) as unknown as Shapes['TimelineEntry']
const draft = (reason: string | null, text = '现将信息提供给您。') =>
    event('draft_reply', { outcome: 'refused_internal', items: [{ outcome: 'refused_internal', limb: 'personnel', reason, statements: ['only_internal'] }], text })

test('what differs between the draft that was sent back and the one there is now, in words', () => {
    const events = [event('submit_reply'), draft('只供内部核对，不对外', '不予公开。'), event('return_reply'), event('submit_reply'), draft(null)]
    const changes = changesSinceReturn(events)!
    expect(changes).toMatchObject([
        { name: 'text', label: '答复正文', before: '现将信息提供给您。', after: '不予公开。' },
        { name: 'items/0/reason', before: '', after: '只供内部核对，不对外' },
    ])
    expect(changes[1]!.label).toMatch(/第 1 项，理由/)
})

test('it is compared with the last time it was sent back', () => {
    const events = [draft('第三稿的理由'), event('return_reply'), draft('第二稿的理由'), event('return_reply'), draft('第一稿的理由')]
    expect(changesSinceReturn(events)).toMatchObject([{ before: '第二稿的理由', after: '第三稿的理由' }])
})

test('what went up again as it was has no changes; what was never sent back is compared with nothing', () => {
    expect(changesSinceReturn([event('submit_reply'), event('return_reply'), draft('理由')])).toEqual([])
    expect(changesSinceReturn([event('submit_reply'), draft('理由')])).toBeNull()
})
