import type { Shapes } from '@/api/shapes'
import { standingOf, type FormObject, type FormSchema, type FormValue, type Standing } from '@/parts/schema/schema'

/** What the service finds missing in a draft: in the draft itself, or in its case. */
export type Gap = Shapes['FieldError'] & { action?: Shapes['Action'] | null }

export interface Missing extends Gap {
    standing: Standing
    /** The entry of a list that lacks it, unless the service says so itself; empty where there is only one. */
    entry: string
}

/** Which entry of the innermost list on the way a pointer leads into. */
function entryOf({ pointer, detail }: Gap, whole: FormValue): string {
    let [at, entry]: [FormValue | undefined, string] = [whole, '']
    for (const name of pointer.split('/').slice(1)) {
        if (Array.isArray(at) && at.length > 1) entry = `第${Number(name) + 1}项`
        at = (at as FormObject | undefined)?.[name]
    }
    return detail.startsWith(entry) ? '' : `${entry}：`
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
        if (standing !== 'not asked' && !found.has(key)) found.set(key, { ...gap, standing, entry: entryOf(gap, value) })
    }
    return [...found.values()]
}
