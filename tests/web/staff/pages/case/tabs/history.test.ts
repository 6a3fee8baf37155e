import { expect, test } from 'vitest'
import type { Shapes } from '@/api/shapes'
import { matches } from '@/pages/case/tabs/history'

const event = {
    action_label: '征求意见',
    by_name: '陈勇',
    role_label: '承办人',
    to_label: '办理中',
    document: null,
    facts: [{ label: '征求对象', text: '某公司' }],
    reply_due_before: '2026-03-30',
    reply_due_after: '2026-03-30',
} as unknown as Shapes['TimelineEntry']

test('an event is found by what people see of it', () => {
    for (const words of ['', '征求', ' 陈勇 ', '承办人', '某公司']) expect(matches(event, words, false)).toBe(true)
    expect(matches(event, '延期', false)).toBe(false)
})

test('only events that moved the deadline, where that is asked for', () => {
    expect(matches(event, '', true)).toBe(false)
    expect(matches({ ...event, reply_due_after: '2026-04-03' }, '', true)).toBe(true)
})
