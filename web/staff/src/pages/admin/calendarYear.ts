import type { Shapes } from '@/api/shapes'
import { shiftDays } from '@/format'

export type CalendarYear = Shapes['CalendarYear']
type SpecialDay = Shapes['SpecialDay']

/** Consecutive days of one festival. */
export interface Span {
    kind: 'off' | 'work'
    festival: string
    from: string
    to: string
}

export interface Mark {
    kind: Span['kind']
    festival: string
}

const pad = (n: number) => String(n).padStart(2, '0')

/** The weeks of a month from Monday to Sunday; null outside the month. */
export function weeksOf(year: number, month: number): (string | null)[][] {
    const first = new Date(Date.UTC(year, month - 1, 1))
    const before = (first.getUTCDay() + 6) % 7
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
    const weeks: (string | null)[][] = []
    for (let day = 1 - before; day <= length; day += 7) {
        weeks.push(Array.from({ length: 7 }, (_, at) => {
            const date = day + at
            return date < 1 || date > length ? null : `${year}-${pad(month)}-${pad(date)}`
        }))
    }
    return weeks
}

function spansOfKind(kind: Span['kind'], days: SpecialDay[]): Span[] {
    const spans: Span[] = []
    for (const { date, festival } of [...days].sort((a, b) => a.date.localeCompare(b.date))) {
        const last = spans.at(-1)
        if (last && last.festival === festival && shiftDays(last.to, 1) === date) last.to = date
        else spans.push({ kind, festival, from: date, to: date })
    }
    return spans
}

/** The special days of a year as the notice announces them: as spans from one day to another. */
export function spansOf({ off, work }: Pick<CalendarYear, 'off' | 'work'>): Span[] {
    const spans = [...spansOfKind('off', off), ...spansOfKind('work', work)]
    return spans.sort((a, b) => a.from.localeCompare(b.from))
}

const longest = 60 // days; a mistyped year would otherwise make thousands

function datesOf({ from, to }: Span): string[] {
    const dates: string[] = []
    for (let date = from; from && to && date <= to && dates.length < longest; date = shiftDays(date, 1)) dates.push(date)
    return dates
}

/** The days of all spans of one kind, one by one, as the service stores them. */
export function daysOf(spans: Span[], kind: Span['kind']): SpecialDay[] {
    const chosen = spans.filter((span) => span.kind === kind)
    return chosen.flatMap((span) => datesOf(span).map((date) => ({ date, festival: span.festival.trim() })))
}

/** What is special about a day. */
export function marksOf(spans: Span[]): Map<string, Mark> {
    return new Map(spans.flatMap((span) => datesOf(span).map((date) => [date, { kind: span.kind, festival: span.festival }])))
}

/** Working days in a month: Monday to Friday, less holidays, and the make-up days. */
export function workdaysIn(weeks: (string | null)[][], marks: Map<string, Mark>): number {
    const works = (date: string | null, at: number) => date !== null && (marks.get(date)?.kind ?? (at < 5 ? 'work' : 'off')) === 'work'
    return weeks.flatMap((week) => week.filter(works)).length
}
