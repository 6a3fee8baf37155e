import type { Shapes } from '@/api/shapes'
import { standingOf, type FormSchema, type FormValue, type Standing } from '@/parts/schema/schema'

/** What the service finds missing in a draft: in the draft itself, or in its case. */
export type Gap = Shapes['FieldError'] & { action?: Shapes['Action'] | null }

export interface Missing extends Gap {
    standing: Standing
}

/**
 * Each field that has to be filled in once, with the first that is said about it. What follows from another field, or is
 * asked only after another one, is not missing yet.
 */
export function listMissing(gaps: readonly Gap[], schema: FormSchema, value: FormValue): Missing[] {
    const found = new Map<string, Missing>()
    for (const gap of gaps) {
        const standing = standingOf(schema, value, gap.pointer)
        const key = standing === 'elsewhere' ? gap.pointer + gap.code : gap.pointer
        if (standing !== 'not asked' && !found.has(key)) found.set(key, { ...gap, standing })
    }
    return [...found.values()]
}
