// Forms from JSON Schemas: which fields there are, their initial values, and what to send. Independent of Vue.

/** The part of JSON Schema (2020-12) that the service describes its forms with. */
export interface FormSchema {
    type?: string | string[]
    title?: string
    description?: string
    /** With `$data` the value is copied from that pointer of the whole form and is not asked for. */
    const?: string | null | { $data: string }
    oneOf?: FormSchema[]
    enum?: unknown[]
    format?: string
    formatMinimum?: string
    formatMaximum?: string
    maxLength?: number
    minimum?: number
    maximum?: number
    minItems?: number
    maxItems?: number
    items?: FormSchema | false
    prefixItems?: FormSchema[]
    properties?: Record<string, FormSchema | false>
    required?: string[]
    not?: FormSchema
    contains?: FormSchema
    allOf?: { if: FormSchema; then: FormSchema }[]
    default?: unknown
}

export type FormValue = string | number | boolean | null | FormValue[] | FormObject
export interface FormObject {
    [name: string]: FormValue
}

export interface Choice {
    code: string
    label: string
    description?: string
}
export interface ChoiceGroup {
    label?: string
    choices: Choice[]
}
export interface FormField {
    name: string
    schema: FormSchema
    required: boolean
}

/** The control a value is filled in with. */
export type Control =
    | 'choice' // one code of some
    | 'choices' // several codes of some
    | 'flag' // yes, or left unsaid
    | 'answer' // yes, no, or no answer
    | 'date'
    | 'number'
    | 'text'
    | 'prose' // text of several lines
    | 'texts' // a list of texts
    | 'entries' // a list of objects
    | 'object'

const shortText = 200 // up to here one line is enough

const typesOf = (schema: FormSchema) => [schema.type ?? 'object'].flat()

const offersCodes = (schema: FormSchema) => schema.oneOf !== undefined || schema.enum !== undefined

function controlOfList(schema: FormSchema): Control {
    const entry = schema.prefixItems?.[0] ?? schema.items
    if (!entry) return 'texts'
    if (offersCodes(entry)) return 'choices'
    return typesOf(entry).includes('object') ? 'entries' : 'texts'
}

export function controlOf(schema: FormSchema): Control {
    const types = typesOf(schema)
    if (offersCodes(schema)) return 'choice'
    if (types.includes('array')) return controlOfList(schema)
    if (types.includes('boolean')) return types.includes('null') ? 'answer' : 'flag'
    if (types.includes('integer')) return 'number'
    if (types.includes('object')) return 'object'
    if (schema.format === 'date') return 'date'
    return (schema.maxLength ?? 0) > shortText ? 'prose' : 'text'
}

function choiceOf(schema: FormSchema): Choice {
    const code = schema.const as string
    return { code, label: schema.title ?? code, description: schema.description }
}

/** The codes a value can have; a `oneOf` within a `oneOf` is a group. */
export function choicesOf(schema: FormSchema): ChoiceGroup[] {
    const offered = (schema.oneOf ?? []).filter((each) => each.const !== null)
    const groups = offered.filter((each) => each.oneOf).map((each) => ({ label: each.title, choices: each.oneOf!.map(choiceOf) }))
    const single = offered.filter((each) => !each.oneOf).map(choiceOf)
    return single.length > 0 ? [{ choices: single }, ...groups] : groups
}

/** The pointer from which a value is copied, if it is not asked for. */
function sourceOf(schema: FormSchema | false): string | undefined {
    return schema && schema.const instanceof Object ? schema.const.$data : undefined
}

/** The value at a JSON pointer. */
function valueAt(whole: FormValue, pointer: string): FormValue | undefined {
    const step = (value: FormValue | undefined, name: string) => (value as FormObject | undefined)?.[name]
    return pointer.split('/').slice(1).reduce<FormValue | undefined>(step, whole)
}

/** Whether a value fits a schema, as far as the conditions of forms go. */
function fits(schema: FormSchema, value: FormValue | undefined): boolean {
    const { const: wanted, not, contains, required = [], properties = {} } = schema
    if (wanted !== undefined && value !== wanted) return false
    if (not && fits(not, value)) return false
    if (contains && !(Array.isArray(value) && value.some((each) => fits(contains, each)))) return false
    const members = (value ?? {}) as FormObject
    if (!required.every((name) => !isEmpty(members[name]))) return false
    return Object.entries(properties).every(([name, member]) => member && fits(member, members[name]))
}

/** The members of an object that are to be filled in; the conditions of the schema depend on what is filled in already. */
export function fieldsOf(schema: FormSchema, value: FormObject): FormField[] {
    const changes = (schema.allOf ?? []).filter((each) => fits(each.if, value)).map((each) => each.then.properties ?? {})
    const fields: FormField[] = []
    for (const [name, own] of Object.entries(schema.properties ?? {})) {
        const changed = changes.map((each) => each[name]).filter((each) => each !== undefined)
        if (own === false || sourceOf(own) || changed.includes(false)) continue
        const merged = Object.assign({}, own, ...changed) as FormSchema
        fields.push({ name, schema: merged, required: schema.required?.includes(name) ?? false })
    }
    return fields
}

/** Where something is filled in: in a field of the form, in one that is not asked for now, or not in the form at all. */
export type Standing = 'asked' | 'not asked' | 'elsewhere'

export function standingOf(schema: FormSchema, value: FormValue, pointer: string): Standing {
    let [within, at]: [FormSchema, FormValue | undefined] = [schema, value]
    for (const name of pointer.split('/').slice(1)) {
        if (Array.isArray(at)) {
            within = within.prefixItems?.[Number(name)] ?? (within.items || {})
            at = at[Number(name)]
            continue
        }
        if (within.properties?.[name] === undefined) return 'elsewhere'
        const members = (at ?? {}) as FormObject
        const field = fieldsOf(within, members).find((each) => each.name === name)
        if (!field) return 'not asked'
        within = field.schema
        at = members[name]
    }
    return pointer === '' ? 'elsewhere' : 'asked'
}

/** Initial values for all members, also for those that are not asked for yet. */
function startOfObject(schema: FormSchema, given: FormObject): FormObject {
    const start: FormObject = {}
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
        if (member !== false && !sourceOf(member)) start[name] = startOf(member, given[name])
    }
    return start
}

function startOfList(schema: FormSchema, given: FormValue[]): FormValue[] {
    if (schema.prefixItems) return schema.prefixItems.map((each, index) => startOf(each, given[index]))
    const least = controlOf(schema) === 'choices' ? 0 : (schema.minItems ?? 0)
    const length = Math.max(given.length, least)
    return Array.from({ length }, (_, index) => startOf(schema.items || {}, given[index]))
}

/** The initial value: what is given, else the default of the schema, else empty. */
export function startOf(schema: FormSchema, given: FormValue | undefined = schema.default as FormValue | undefined): FormValue {
    const control = controlOf(schema)
    if (control === 'object') return startOfObject(schema, (given ?? {}) as FormObject)
    if (control === 'choices') return (given ?? []) as FormValue
    if (typesOf(schema).includes('array')) return startOfList(schema, (given ?? []) as FormValue[])
    if (given !== undefined) return given
    if (control === 'flag') return false
    return control === 'number' || control === 'answer' ? null : ''
}

export const isEmpty = (value: FormValue | undefined) =>
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What is sent: without members that were left empty or no longer apply. */
export function inputOf(schema: FormSchema, value: FormValue, whole = value): FormValue {
    if (Array.isArray(value)) {
        return value.map((each, index) => inputOf(schema.prefixItems?.[index] ?? (schema.items || {}), each, whole))
    }
    if (value === null || typeof value !== 'object') return value
    const input: FormObject = {}
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
        const source = sourceOf(member)
        const found = source && valueAt(whole, source)
        if (found) input[name] = found
    }
    for (const field of fieldsOf(schema, value)) {
        const member = value[field.name]
        if (!isEmpty(member)) input[field.name] = inputOf(field.schema, member!, whole)
    }
    return input
}
