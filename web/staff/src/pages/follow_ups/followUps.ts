import { answer, api } from '@/api/client'
import type { Shapes } from '@/api/shapes'

/** What follows a reply: a rating, a dispute, a suggestion or an amendment. The service calls it `matter`. */
export type FollowUp = Shapes['Matter']
export type Step = Shapes['MatterStep']

/** What a list of follow-ups is asked for. */
export interface Question {
    kind: FollowUp['kind']
    open?: boolean
    agency?: string
    cursor?: string
}

export function readFollowUps({ kind, open, agency, cursor }: Question) {
    const query = { kind, open, agency: agency || undefined, cursor, limit: 50 }
    return answer(api.GET('/api/v1/matters', { params: { query } }))
}

/** What a follow-up says in one line. */
export function summaryOf(followUp: FollowUp): string {
    const { rating, dispute, suggestion, amendment } = followUp
    if (rating) return [`${rating.score} 分`, rating.text].filter(Boolean).join('：')
    if (dispute) return `${dispute.kind_label}　${dispute.authority} ${dispute.reference}`
    if (suggestion) return suggestion.suggestion.reason
    return amendment?.request.record ?? ''
}

/** How it ended, so far as it has. */
export function resultOf({ rating_file: file, dispute, suggestion, amendment }: FollowUp): string {
    if (dispute?.end) return dispute.end.result_label
    if (suggestion?.answer) return suggestion.answer.decision_label
    if (amendment?.answer) return amendment.answer.result_label
    return file?.contact?.finding_label ?? ''
}
