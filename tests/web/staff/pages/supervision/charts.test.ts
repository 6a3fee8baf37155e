import { expect, test } from 'vitest'
import type { Shapes } from '@/api/shapes'
import { agesChart, casesAt, onTimeChart, outcomesChart, percent, weeksChart } from '@/pages/supervision/charts'

const figure = (label: string, count: number, list: string) => ({ label, count, list })

function agency(name: string, onTime: number, late: number, unanswered = 0): Shapes['AgencyFigures'] {
    const total = onTime + late + unanswered
    return {
        agency: name, agency_name: name, open: figure('在办', 0, ''), overdue: figure('已逾期', 0, ''), due_in_3: figure('', 0, ''),
        replied_on_time: figure('按时答复', onTime, `agency_only=${name}&on_time=true`),
        replied_late: figure('逾期答复', late, `agency_only=${name}&on_time=false`),
        unanswered: figure('超期未答复', unanswered, `agency_only=${name}&due_before=2026-11-30`),
        on_time_rate: total > 0 ? onTime / total : null,
    }
}

const overview = {
    titles: { agencies: '各机关', on_time_rate: '按时答复率', weeks: '最近13周', ages: '时长', outcomes: '结果', figures: '今日' },
    figures: { open: figure('在办', 3, 'open=true') },
    agencies: [agency('甲', 4, 0), agency('乙', 0, 0), agency('丙', 1, 1), agency('丁', 0, 0, 2)],
    weeks: [{ monday: '2026-11-16', label: '11月16日起', received: figure('收到', 5, 'r'), concluded: figure('办结', 2, 'c') }],
    ages: [{ label: '5个工作日以内', received_from: null, received_to: '2026-11-20', count: 3, list: 'a' }],
    outcomes: [
        { outcome: 'partial', outcome_label: '部分公开', article: '', table3_row: 3, count: 1, list: 'p' },
        { outcome: 'disclosed', outcome_label: '予以公开', article: '', table3_row: 1, count: 7, list: 'd' },
    ],
} as unknown as Shapes['Overview']

test('the worst rate comes first, silence is the worst, and where nothing was due there is none', () => {
    const { bars, most, format } = onTimeChart(overview)
    expect(bars.map(({ label }) => label)).toEqual(['丁', '丙', '甲'])
    expect(bars[0]).toMatchObject({ values: [0], links: ['/cases?agency_only=丁&due_before=2026-11-30'] })
    expect(bars[1]).toMatchObject({ values: [0.5], links: ['/cases?agency_only=丙&on_time=false'] })
    expect(bars[2]!.links).toEqual(['/cases?agency_only=甲&on_time=true'])
    expect([most, format(0.857)]).toEqual([1, '85.7%'])
    expect(percent(1)).toBe('100%')
})

test('every bar leads to exactly its cases', () => {
    expect(weeksChart(overview).bars).toEqual([{ label: '11月16日起', values: [5, 2], links: [casesAt('r'), casesAt('c')] }])
    expect(weeksChart(overview).series.map(({ name }) => name)).toEqual(['收到', '办结'])
    expect(agesChart(overview).bars[0]).toMatchObject({ values: [3], links: ['/cases?a'] })
})

test('the most frequent outcome comes first', () => {
    expect(outcomesChart(overview).bars.map(({ label }) => label)).toEqual(['予以公开', '部分公开'])
})

test('an empty year makes empty charts, not broken ones', () => {
    const empty = { ...overview, agencies: [], weeks: [], ages: [], outcomes: [] }
    for (const chart of [onTimeChart, weeksChart, agesChart, outcomesChart]) expect(chart(empty).bars).toEqual([])
})
