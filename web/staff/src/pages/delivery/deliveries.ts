import type { Shapes } from '@/api/shapes'
import type { Alert } from '@/parts/alert'

type Kind = Shapes['MessageKind']

/** The states the page opens with: waiting, being retried, given up, returned. */
export const opening = 'waiting,retrying,dead,bounced'

/** The kinds that are sent to somebody; the others are work of the service itself. */
const sent: Kind[] = ['email', 'sms', 'print', 'digest']
export function kindsShown<Word extends { code: string }>(words: readonly Word[]): Word[] {
    return words.filter(({ code }) => sent.includes(code as Kind))
}

/** What an action has to be told: which members of its form, and which of them at least. */
export interface Question {
    asked: readonly string[]
    required: readonly string[]
}
const questions: Record<string, Question> = {
    confirm_printed: {
        asked: ['way', 'sent_on', 'tracking_number', 'recipient', 'fax_report'],
        required: ['way', 'sent_on'],
    },
    cancel: { asked: ['reason'], required: ['reason'] },
}

/** How a letter was sent has to be recorded, and why one that the law requires is not sent; nothing else. */
export function questionOf(action: string, { statutory }: { statutory: boolean }): Question | undefined {
    return action === 'cancel' && !statutory ? undefined : questions[action]
}

/** How a state is shown: green where it is done, red where somebody has to do something. */
export function toneOf(state: string): 'plain' | 'primary' | 'good' | 'warning' | 'danger' {
    if (state === 'sent') return 'good'
    if (state === 'dead' || state === 'bounced') return 'danger'
    if (state === 'retrying') return 'warning'
    return state === 'cancelled' ? 'plain' : 'primary'
}

/** Alerts for those deliveries of a case that somebody has to attend to. */
export function alertsAbout(deliveries: Shapes['DeliveryTask'][]): Alert[] {
    return deliveries
        .filter(({ state, kind }) => toneOf(state) === 'danger' || (kind === 'print' && state === 'waiting'))
        .map(({ topic_label, kind_label, state_label, error_text, actions }) => ({
            tone: 'warning',
            title: `${topic_label}：${kind_label}${state_label}`,
            text: error_text,
            link: actions.length > 0 ? { to: '/deliveries', label: '去处理' } : undefined,
        }))
}
