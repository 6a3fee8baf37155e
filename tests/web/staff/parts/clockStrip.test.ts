import { expect, test } from 'vitest'
import { layOut, type CaseClock } from '@/parts/clockStrip'

type Span = CaseClock['explain'][number]
const span = (effect: Span['effect'], from: string, to: string): Span => ({ effect, from, to, workdays: 0, text: '', basis: '' })
const clock = (reply_due: string | null, ...explain: Span[]): CaseClock => ({
    status: 'running',
    reply_due,
    provisional: false,
    remaining_workdays: 0,
    overdue_workdays: 0,
    deadlines: [],
    explain,
})

test('spans lie on one axis of days, overlapping ones in rows of their own', () => {
    const strip = layOut(clock('2026-03-10', span('run', '2026-03-01', '2026-03-10'), span('pause', '2026-03-03', '2026-03-04')))
    expect(strip.bars.map(({ left, width, row }) => ({ left, width, row }))).toEqual([
        { left: 0, width: 100, row: 0 },
        { left: 20, width: 20, row: 1 },
    ])
    expect(strip.rows).toBe(2)
    expect(strip.carried).toBeNull()
})

test('spans after one another share a row', () => {
    const strip = layOut(clock(null, span('wait', '2026-03-01', '2026-03-05'), span('run', '2026-03-06', '2026-03-10')))
    expect(strip.rows).toBe(1)
})

test('a deadline after the last span is carried forward', () => {
    const strip = layOut(clock('2026-03-10', span('run', '2026-03-01', '2026-03-08')))
    expect(strip.carried).toEqual({ left: 80, width: 20 })
})

test('a day stands in the middle of its place, and beyond the ends nowhere', () => {
    const strip = layOut(clock('2026-03-10', span('run', '2026-03-01', '2026-03-10')))
    expect(strip.at('2026-03-01')).toBe(5)
    expect(strip.at('2026-03-10')).toBe(95)
    expect(strip.at('2026-02-28')).toBeNull()
    expect(strip.at('2026-03-11')).toBeNull()
})
