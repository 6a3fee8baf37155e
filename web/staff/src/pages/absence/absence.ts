import { session } from '@/api/session'
import type { Colleague } from '@/lookups'

/** Dates compare as texts. */
export function isAway({ from, until }: NonNullable<Colleague['absence']>, day: string): boolean {
    return from <= day && day <= until
}

/** Whether the account may say that somebody of its department is away. */
export function mayRecordAbsence({ id }: Pick<Colleague, 'id'>): boolean {
    return id === session.account?.account || session.hasRole(['department_head'])
}
