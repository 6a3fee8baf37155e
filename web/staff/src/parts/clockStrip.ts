import type { Shapes } from '@/api/shapes'

export type CaseClock = Shapes['CaseClock']
type Span = CaseClock['explain'][number]

/** One span on the strip: how far from its left end, how long, in per cent, and in which row. */
export interface Bar {
    span: Span
    left: number
    width: number
    row: number
}

const msPerDay = 86_400_000
const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / msPerDay

/**
 * Lays out the spans of a clock on one axis of days; spans that overlap get different rows. `carried` is the stretch
 * between the last span and a deadline after it. `at` returns the position of a day on the axis, in per cent, or null when
 * it is outside.
 */
export function layOut(clock: CaseClock) {
    const spans = clock.explain
    const days = spans.flatMap((span) => [dayOf(span.from), dayOf(span.to)])
    if (clock.reply_due) days.push(dayOf(clock.reply_due))
    const first = Math.min(...days)
    const length = Math.max(1, Math.max(...days) - first + 1)
    const percent = (count: number) => (count / length) * 100

    const ends: number[] = [] // of the last span in each row
    const bars: Bar[] = spans.map((span) => {
        const [from, to] = [dayOf(span.from), dayOf(span.to)]
        let row = ends.findIndex((end) => end < from)
        if (row < 0) row = ends.length
        ends[row] = to
        return { span, left: percent(from - first), width: percent(to - from + 1), row }
    })
    const last = Math.max(...spans.map((span) => dayOf(span.to)))
    const due = clock.reply_due ? dayOf(clock.reply_due) : last
    const carried = due > last ? { left: percent(last + 1 - first), width: percent(due - last) } : null
    const at = (date: string) => {
        const offset = dayOf(date) - first
        return offset < 0 || offset >= length ? null : percent(offset + 0.5)
    }
    return { bars, rows: ends.length, carried, at }
}
