import type { Shapes } from '@/api/shapes'

export type Check = Shapes['ReplyCheck']
/** The reason for submitting the reply although a check fails, by the code of the check. */
export type Waivers = Record<string, string>

const shortestReason = 10 // characters, as the service wants them

export const isWaivable = (check: Check) => check.severity === 'waive'
export const isWaived = (check: Check, waivers: Waivers) =>
    isWaivable(check) && [...(waivers[check.check] ?? '').trim()].length >= shortestReason

/** The checks that fail; first those that must be corrected. */
export function failing(checks: Check[]): Check[] {
    const open = checks.filter((each) => !each.holds)
    return [...open.filter((each) => !isWaivable(each)), ...open.filter(isWaivable)]
}

/** The failing checks that have no reason yet: they keep the reply from being submitted. */
export const unanswered = (checks: Check[], waivers: Waivers) => failing(checks).filter((each) => !isWaived(each, waivers))

/** The reasons to send: those of failing checks only. */
export function waiversOf(checks: Check[], waivers: Waivers) {
    return failing(checks)
        .filter((each) => isWaived(each, waivers))
        .map((each) => ({ check: each.check, reason: waivers[each.check]!.trim() }))
}
