import type { Plugin } from 'chart.js'

/** What a DataChart draws. */
export interface ChartModel {
    title: string
    /** What the bars stand for: the header of the first column of the table. */
    labelled: string
    /** The text shown when there is nothing to draw. */
    empty: string
    direction: 'rows' | 'columns'
    /** The maximum of the scale; without it, that of the bars. */
    most?: number
    format: (value: number) => string
    series: { name: string; colour: 'primary' | 'good' | 'warning' | 'danger' | 'soft' }[]
    /** Each with a value and a link for each series. */
    bars: { label: string; values: (number | null)[]; links: string[] }[]
}

/** The colours of tokens.css as they are now. */
export function chartColours() {
    const style = getComputedStyle(document.documentElement)
    const token = (name: string) => style.getPropertyValue(`--color-${name}`).trim()
    return {
        primary: token('primary'),
        good: token('good'),
        warning: token('warning'),
        danger: token('danger'),
        soft: token('line-strong'),
        text: token('text'),
        line: token('line'),
    }
}

const narrow = 480 // pixels: a chart on a phone

/** Shortens a label to fit a chart of this width; the table and the tooltip show it in full. */
export function shortened(label: string, width: number): string {
    const longest = width < narrow ? 9 : 12
    return label.length > longest ? `${label.slice(0, longest - 1)}…` : label
}

/** Writes each value at the end of its bar. */
export function valuesOnBars(format: (value: number) => string, colour: string): Plugin<'bar'> {
    return {
        id: 'valuesOnBars',
        afterDatasetsDraw(drawn) {
            const { ctx } = drawn
            const alongRows = drawn.options.indexAxis === 'y'
            ctx.save()
            ctx.fillStyle = colour
            ctx.textAlign = alongRows ? 'left' : 'center'
            ctx.textBaseline = alongRows ? 'middle' : 'bottom'
            for (const { data, index } of drawn.getSortedVisibleDatasetMetas()) {
                data.forEach(({ x, y }, at) => {
                    const value = drawn.data.datasets[index]?.data[at]
                    if (typeof value === 'number' && value > 0) ctx.fillText(format(value), alongRows ? x + 4 : x, y - (alongRows ? 0 : 2))
                })
            }
            ctx.restore()
        },
    }
}
