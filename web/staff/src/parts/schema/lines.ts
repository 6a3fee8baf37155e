import { withWeekday } from '@/format'
import { choicesOf, controlOf, type FormObject, type FormSchema, type FormValue } from './schema'

/** One thing that a filled-in form says. */
export interface Line {
    name: string
    label: string
    text: string
}

const entryOf = (schema: FormSchema, index = 0) => schema.prefixItems?.[index] ?? (schema.items || {})

function wordOf(schema: FormSchema, code: FormValue): string {
    const choices = choicesOf(schema).flatMap((group) => group.choices)
    return choices.find((choice) => choice.code === code)?.label ?? String(code)
}

function textOf(schema: FormSchema, value: FormValue): string {
    switch (controlOf(schema)) {
        case 'choice':
            return wordOf(schema, value)
        case 'choices':
            return (value as FormValue[]).map((each) => wordOf(entryOf(schema), each)).join('；')
        case 'texts':
            return (value as FormValue[]).join('；')
        case 'flag':
        case 'answer':
            return value ? '是' : '否'
        case 'date':
            return withWeekday(value as string)
        default:
            return String(value)
    }
}

/** What is filled in, line by line, in the order of the form; the lines of a list say which entry they are of. */
export function linesOf(schema: FormSchema, value: FormObject): Line[] {
    return Object.entries(schema.properties ?? {}).flatMap(([name, member]): Line[] => {
        const given = value[name]
        if (!member || given === undefined || given === null) return []
        const label = member.title ?? name
        if (controlOf(member) !== 'entries') return [{ name, label, text: textOf(member, given) }]
        return (given as FormObject[]).flatMap((entry, index) =>
            linesOf(entryOf(member, index), entry).map((line) => ({
                name: `${name}/${index}/${line.name}`,
                label: `${label}第 ${index + 1} 项，${line.label}`,
                text: line.text,
            })),
        )
    })
}
