import type { Shapes } from '@/api/shapes'
import { isEmpty, type FormObject } from '@/parts/schema/schema'
import type { Gap } from './missing'

export type Prefill = Shapes['ReplyPrefill']

/** What the case file offers: for items by their outcomes, and for members of the reply as a whole. */
export interface Offers {
    outcomes: Prefill[]
    whole: FormObject
}

const prefilled = ['reference', 'reason'] as const

/** Sets a member to `now` if it is empty or still holds `former`, the text of the outcome chosen before. */
function replace(target: FormObject, member: string, former: string | null | undefined, now: string | null | undefined) {
    const current = target[member]
    if (current === undefined) return
    if (current === '' || current === former) target[member] = now ?? ''
}

/** After the outcome of an item has changed, fills in what the case offers for it; what somebody has typed stays. */
export function applyPrefill(reply: FormObject, item: FormObject, former: Prefill | undefined, now: Prefill | undefined) {
    for (const member of prefilled) replace(item, member, former?.[member], now?.[member])
    replace(reply, 'text', former?.text, now?.text)
}

/** Fills in members of the reply that are missing as a whole and that the case file offers. */
export function offerMissing(reply: FormObject, gaps: readonly Gap[], offers: FormObject) {
    for (const [name, offered] of Object.entries(offers)) {
        if (gaps.some((gap) => gap.pointer === `/${name}`) && isEmpty(reply[name])) reply[name] = structuredClone(offered)
    }
}
