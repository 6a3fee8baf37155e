import type { Shapes } from '@/api/shapes'
import type { Alert } from '@/parts/alert'

type Task = Shapes['OfficeTask']

const tones: Record<Task['urgency'], Alert['tone']> = { reminder: 'primary', warning: 'warning', alarm: 'danger' }

/** A task as an alert that leads to the page where it is done. */
export function taskAlert({ title, detail, urgency, urgency_label, year }: Task): Alert {
    return { tone: tones[urgency], title: `${urgency_label}：${title}`, text: detail, link: { to: `/calendar?year=${year}`, label: '去录入' } }
}
