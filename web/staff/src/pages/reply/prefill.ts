import type { Shapes } from '@/api/shapes'
import type { FormObject } from '@/parts/schema/schema'

export type Prefill = Shapes['ReplyPrefill']

const begun = ['reference', 'reason'] as const

/** Writes `now` where nothing stands, or only what was written in for another outcome. */
function replace(target: FormObject, member: string, former: string | null | undefined, now: string | null | undefined) {
    const current = target[member]
    if (current === undefined) return
    if (current === '' || current === former) target[member] = now ?? ''
}

/** An item has got another outcome: what the file says towards it is written in; what somebody has typed stays. */
export function begin(reply: FormObject, item: FormObject, former: Prefill | undefined, now: Prefill | undefined) {
    for (const member of begun) replace(item, member, former?.[member], now?.[member])
    replace(reply, 'text', former?.text, now?.text)
}
