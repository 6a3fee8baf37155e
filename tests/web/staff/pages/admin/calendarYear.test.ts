import { expect, test } from 'vitest'
import { daysOf, marksOf, spansOf, weeksOf, workdaysIn, type Span } from '@/pages/admin/calendarYear'

const day = (date: string, festival: string) => ({ date, festival })
const year = {
    off: [day('2026-02-16', '春节'), day('2026-02-15', '春节'), day('2026-02-17', '春节'), day('2026-01-01', '元旦')],
    work: [day('2026-02-14', '春节'), day('2026-02-28', '春节')],
}
const spans: Span[] = [
    { kind: 'off', festival: '元旦', from: '2026-01-01', to: '2026-01-01' },
    { kind: 'work', festival: '春节', from: '2026-02-14', to: '2026-02-14' },
    { kind: 'off', festival: '春节', from: '2026-02-15', to: '2026-02-17' },
    { kind: 'work', festival: '春节', from: '2026-02-28', to: '2026-02-28' },
]

test('days in a row of one festival are one span, and back', () => {
    expect(spansOf(year)).toEqual(spans)
    expect(daysOf(spans, 'work')).toEqual(year.work)
    expect(daysOf(spans, 'off').map(({ date }) => date)).toEqual(['2026-01-01', '2026-02-15', '2026-02-16', '2026-02-17'])
})

test('a span that ends before it begins has no day, one without an end neither', () => {
    expect(daysOf([{ kind: 'off', festival: '', from: '2026-02-02', to: '2026-02-01' }], 'off')).toEqual([])
    expect(daysOf([{ kind: 'off', festival: '', from: '2026-02-02', to: '' }], 'off')).toEqual([])
})

test('a month begins with the Monday of its week', () => {
    const weeks = weeksOf(2026, 2)
    expect(weeks).toHaveLength(5)
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-02-01'])
    expect(weeks[4]!.slice(4)).toEqual(['2026-02-27', '2026-02-28', null])
    expect(weeksOf(2024, 2).flat()).toContain('2024-02-29')
})

test('working days: make-up days count, holidays do not', () => {
    const marks = marksOf(spans)
    expect(marks.get('2026-02-16')).toEqual({ kind: 'off', festival: '春节' })
    expect(workdaysIn(weeksOf(2026, 2), new Map())).toBe(20)
    expect(workdaysIn(weeksOf(2026, 2), marks)).toBe(20 - 2 + 2)
})
