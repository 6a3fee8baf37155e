import type { Shapes } from '@/api/shapes'
import type { ChartModel } from '@/parts/chart'

export const percent = (share: number | null) => (share === null ? '—' : `${(share * 100).toFixed(1)}%`)
export const averageText = (average: number | null) => (average === null ? '—' : average.toFixed(2))

/** How often each mark was given, best first. */
export function marksChart(marks: Shapes['MarkFigure'][]): ChartModel {
    return {
        title: '各档评价',
        labelled: '评价',
        empty: '还没有评价。',
        direction: 'rows',
        format: String,
        series: [{ name: '次数', colour: 'primary' }],
        bars: marks.map(({ label, n }) => ({ label, values: [n], links: [] })),
    }
}
