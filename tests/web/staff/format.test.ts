import { expect, test } from 'vitest'
import { toPaperDate, shiftDays, toMinute, withWeekday } from '@/format'

test('a date is shown with its weekday, whatever the time zone of the browser', () => {
    expect(withWeekday('2026-04-24')).toBe('2026-04-24 周五')
    expect(withWeekday('2026-05-03')).toBe('2026-05-03 周日')
    expect(withWeekday(null)).toBe('')
})

test('days are counted over the ends of months and years', () => {
    expect(shiftDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(shiftDays('2026-01-01', -1)).toBe('2025-12-31')
})

test('an instant is shown to the minute', () => {
    expect(toMinute('2026-04-24T09:05:12+08:00')).toBe('2026-04-24 09:05')
})

test('a paper writes its date in words', () => {
    expect(toPaperDate('2026-04-24')).toBe('2026年4月24日')
    expect(toPaperDate('2026-11-02')).toBe('2026年11月2日')
})
