import type { Shapes } from '@/api/shapes'
import type { ChartModel } from '@/parts/chart'

type Overview = Shapes['Overview']

/** The address of the list with exactly the cases of a figure. */
export function casesAt(list: string): string {
    return `/cases?${list}`
}

const count = (value: number) => String(value)
export const percent = (rate: number) => `${Math.round(rate * 1000) / 10}%`

type Replies = Pick<Shapes['AgencyFigures'], 'unanswered' | 'replied_late' | 'replied_on_time'>

/** The cases that brought a rate below 1: first those without a reply, then the late ones; else those in time. */
const behindRate = ({ unanswered, replied_late, replied_on_time }: Replies) =>
    [unanswered, replied_late].find(({ count }) => count > 0) ?? replied_on_time

/** Agencies that owed no reply have no rate and no bar; the worst come first. */
export function onTimeChart({ agencies, titles }: Overview): ChartModel {
    const rated = agencies.flatMap(({ on_time_rate: rate, ...agency }) => (rate === null ? [] : [{ ...agency, rate }]))
    rated.sort((a, b) => a.rate - b.rate || b.replied_late.count - a.replied_late.count)
    return {
        title: titles.on_time_rate,
        labelled: '机关',
        empty: '今年还没有到期的申请件。',
        direction: 'rows',
        most: 1,
        format: percent,
        series: [{ name: titles.on_time_rate, colour: 'primary' }],
        bars: rated.map((agency) => ({
            label: agency.agency_name,
            values: [agency.rate],
            links: [casesAt(behindRate(agency).list)],
        })),
    }
}

export function weeksChart({ weeks, titles }: Overview): ChartModel {
    const [first] = weeks
    return {
        title: titles.weeks,
        labelled: '周',
        empty: '这段时间没有收到也没有办结申请件。',
        direction: 'columns',
        format: count,
        series: [
            { name: first?.received.label ?? '', colour: 'primary' },
            { name: first?.concluded.label ?? '', colour: 'good' },
        ],
        bars: weeks.map(({ label, received, concluded }) => ({
            label,
            values: [received.count, concluded.count],
            links: [casesAt(received.list), casesAt(concluded.list)],
        })),
    }
}

export function agesChart({ ages, titles, figures }: Overview): ChartModel {
    return {
        title: titles.ages,
        labelled: '收到以后',
        empty: '现在没有在办的申请件。',
        direction: 'rows',
        format: count,
        series: [{ name: figures.open.label, colour: 'primary' }],
        bars: ages.map(({ label, count: n, list }) => ({ label, values: [n], links: [casesAt(list)] })),
    }
}

/** The most frequent first. */
export function outcomesChart({ outcomes, titles }: Overview): ChartModel {
    const sorted = [...outcomes].sort((a, b) => b.count - a.count || a.table3_row - b.table3_row)
    return {
        title: titles.outcomes,
        labelled: '办理结果',
        empty: '今年还没有办结的申请件。',
        direction: 'rows',
        format: count,
        series: [{ name: '件数', colour: 'primary' }],
        bars: sorted.map(({ outcome_label, count: n, list }) => ({ label: outcome_label, values: [n], links: [casesAt(list)] })),
    }
}
