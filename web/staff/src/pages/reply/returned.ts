import { withWeekday } from '@/format'

/** Who sent a reply back, at which step of the chain and when. */
export const returnedBy = (person: string | null, step: string | null, on: string | null) => `${person ?? ''}在“${step ?? ''}”退回，${withWeekday(on)}`
