import type { Shapes } from '@/api/shapes'
import { casesAt, percent } from '@/pages/supervision/charts'
import type { ChartModel } from '@/parts/chart'

/** The cases that brought the rate below 1: first those without a reply, then the late ones; else those in time. */
function behindRate({ unanswered, unanswered_list, late, late_list, on_time_list }: Shapes['AgencyQuarter']): string {
    if (unanswered > 0) return unanswered_list
    return late > 0 ? late_list : on_time_list
}

/** The rate of each agency that owed a reply in the quarter, the best first. */
export function rateChart({ agencies }: Shapes['QuarterlyReport']): ChartModel {
    const rated = agencies.filter((agency) => agency.on_time_rate !== null)
    return {
        title: '按时答复率',
        labelled: '机关',
        empty: '这个季度还没有到期的申请件。',
        direction: 'rows',
        most: 1,
        format: percent,
        series: [{ name: '按时答复率', colour: 'primary' }],
        bars: rated.map((agency) => ({
            label: agency.agency_name,
            values: [agency.on_time_rate],
            links: [casesAt(behindRate(agency))],
        })),
    }
}
