import { Refused } from './client'

/** The faults of single fields: JSON pointer → what the service says about it. */
export type Faults = ReadonlyMap<string, string>

export function faultsOf(error: Error | null): Faults {
    const errors = error instanceof Refused ? (error.problem.errors ?? []) : []
    return new Map(errors.map((each) => [each.pointer, each.detail]))
}
