import { choicesOf, fieldsOf, type FormObject, type FormSchema, type FormValue } from '@/parts/schema/schema'

/** A choice that refers to another record: an agency, a department. */
export interface Reference {
    value: string
    label: string
}

/**
 * The schema of a request as its form needs it: with the records to choose from, without the members of `omit`, and with
 * nullable booleans as plain ones.
 */
export function recordSchema(schema: object, references: Record<string, Reference[]> = {}, omit: readonly string[] = []): FormSchema {
    const { properties = {}, ...rest } = schema as FormSchema
    const fields = Object.entries(properties).map(([name, field]) => {
        const choices = references[name]
        if (omit.includes(name)) return [name, false] as const
        if (!field) return [name, field] as const
        if (!choices) return [name, [field.type].flat().includes('boolean') ? { ...field, type: 'boolean' } : field] as const
        return [name, { ...field, oneOf: choices.map(({ value, label }) => ({ const: value, title: label.trim() })) }] as const
    })
    return { ...rest, properties: Object.fromEntries(fields) }
}

/** The values a form starts with, from a record the service gave: lists of coded entries become lists of codes. */
export function typedOf(answer: object): FormObject {
    const codeOf = (entry: unknown) => (entry instanceof Object && 'code' in entry ? entry.code : entry)
    const said = Object.entries(answer).filter(([, value]) => value !== null)
    const members = said.map(([name, value]) => [name, Array.isArray(value) ? value.map(codeOf) : value])
    return Object.fromEntries(members) as Record<string, FormValue>
}

/** A value in words, for accounts that may not change it. */
export function wordsOf(schema: FormSchema, value: FormValue): string {
    if (typeof value === 'boolean') return value ? '是' : '否'
    if (Array.isArray(value)) return value.map((each) => wordsOf(schema.items || {}, each)).join('；') || '没有'
    if (value instanceof Object) {
        return fieldsOf(schema, value).map(({ name, schema: field }) => wordsOf(field, value[name] ?? null)).join(' ')
    }
    const choices = choicesOf(schema).flatMap((group) => group.choices)
    return choices.find(({ code }) => code === value)?.label ?? String(value ?? '')
}
