import type { Shapes } from '@/api/shapes'

export type Check = Shapes['ReplyCheck']
/** Check → why the reply goes up all the same. */
export type Waivers = Record<string, string>

const shortestReason = 10 // characters, as the service wants them

export const isWaivable = (check: Check) => check.severity === 'waive'
export const isWaived = (check: Check, waivers: Waivers) =>
    isWaivable(check) && [...(waivers[check.check] ?? '').trim()].length >= shortestReason

/** What does not hold, what must be put right first. */
export function failing(checks: Check[]): Check[] {
    const open = checks.filter((each) => !each.holds)
    return [...open.filter((each) => !isWaivable(each)), ...open.filter(isWaivable)]
}

/** Those that still keep the reply from going up. */
export const unanswered = (checks: Check[], waivers: Waivers) => failing(checks).filter((each) => !isWaived(each, waivers))

/** What is sent: a reason for each check that does not hold, and for no other. */
export function waiversOf(checks: Check[], waivers: Waivers) {
    return failing(checks)
        .filter((each) => isWaived(each, waivers))
        .map((each) => ({ check: each.check, reason: waivers[each.check]!.trim() }))
}
