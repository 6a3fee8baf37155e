import type { Shapes } from '@/api/shapes'
import { casesAt, percent } from '@/pages/supervision/charts'
import type { ChartModel } from '@/parts/chart'

/** The rate of each agency that has replied in the quarter, the best first. */
export function rateChart({ agencies }: Shapes['QuarterlyReport']): ChartModel {
    const rated = agencies.filter((agency) => agency.on_time_rate !== null)
    return {
        title: '按时答复率',
        labelled: '机关',
        empty: '这个季度还没有答复过的申请件。',
        direction: 'rows',
        most: 1,
        format: percent,
        series: [{ name: '按时答复率', colour: 'primary' }],
        bars: rated.map((agency) => ({
            label: agency.agency_name,
            values: [agency.on_time_rate],
            links: [casesAt(agency.late > 0 ? agency.late_list : agency.concluded_list)],
        })),
    }
}
