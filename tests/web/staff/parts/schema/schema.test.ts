import { expect, test } from 'vitest'
import { choicesOf, controlOf, fieldsOf, inputOf, startOf, type FormObject, type FormSchema } from '@/parts/schema/schema'

const outcome: FormSchema = {
    type: 'string',
    title: '办理结果',
    oneOf: [
        { title: '予以公开', oneOf: [{ const: 'disclosed', title: '予以公开', description: '第三十六条' }] },
        { title: '不予公开', oneOf: [{ const: 'refused', title: '国家秘密' }] },
    ],
}
const item: FormSchema = {
    type: 'object',
    properties: {
        outcome,
        limb: { type: ['string', 'null'], title: '具体情形' },
        reference: { type: ['string', 'null'], title: '材料', maxLength: 4000 },
    },
    required: ['outcome'],
    allOf: [
        {
            if: { properties: { outcome: { const: 'disclosed' } } },
            then: { properties: { limb: false, reference: { title: '提供的材料' } } },
        },
    ],
}

test('what a schema says decides how it is filled in', () => {
    expect(controlOf({ type: 'string', maxLength: 200 })).toBe('text')
    expect(controlOf({ type: 'string', maxLength: 4000 })).toBe('prose')
    expect(controlOf({ type: ['string', 'null'], format: 'date' })).toBe('date')
    expect(controlOf({ type: 'integer' })).toBe('number')
    expect(controlOf({ type: 'boolean' })).toBe('flag')
    expect(controlOf({ type: ['boolean', 'null'] })).toBe('answer')
    expect(controlOf(outcome)).toBe('choice')
    expect(controlOf({ type: 'string', enum: [] })).toBe('choice')
    expect(controlOf({ type: 'array', items: outcome })).toBe('choices')
    expect(controlOf({ type: 'array', items: { type: 'string' } })).toBe('texts')
    expect(controlOf({ type: 'array', items: item })).toBe('entries')
    expect(controlOf({ type: 'array', prefixItems: [item], items: false })).toBe('entries')
})

test('a choice of choices becomes groups; null is no choice', () => {
    expect(choicesOf(outcome).map((group) => group.label)).toEqual(['予以公开', '不予公开'])
    const [group] = choicesOf({ oneOf: [{ const: 'c1', title: '某公司' }, { const: null }] })
    expect(group).toEqual({ choices: [{ code: 'c1', label: '某公司', description: undefined }] })
    expect(choicesOf({ enum: [] })).toEqual([])
})

test('what is chosen decides what else is asked, and under which words', () => {
    expect(fieldsOf(item, { outcome: '' }).map((field) => field.name)).toEqual(['outcome', 'limb', 'reference'])
    const fields = fieldsOf(item, { outcome: 'disclosed' })
    expect(fields.map((field) => field.name)).toEqual(['outcome', 'reference'])
    expect(fields[1]).toMatchObject({ required: false, schema: { title: '提供的材料', maxLength: 4000 } })
})

test('a condition may ask for what is there, for what is not, and for an entry of a list', () => {
    const unchosen = { not: { required: ['outcome'] } }
    const form = (condition: FormSchema): FormSchema => ({
        type: 'object',
        properties: { outcome, text: { type: 'string' }, items: { type: 'array', items: item } },
        allOf: [{ if: condition, then: { properties: { text: false } } }],
    })
    const asks = (condition: FormSchema, value: FormObject) => fieldsOf(form(condition), value).some((field) => field.name === 'text')
    expect(asks(unchosen, { outcome: '' })).toBe(false)
    expect(asks(unchosen, { outcome: 'disclosed' })).toBe(true)
    const some = { properties: { items: { contains: unchosen } } }
    expect(asks(some, { items: [{ outcome: 'disclosed' }, { outcome: '' }] })).toBe(false)
    expect(asks(some, { items: [{ outcome: 'disclosed' }] })).toBe(true)
})

test('a form begins with its defaults, with a row where one is needed, and with what was drafted before', () => {
    const form: FormSchema = {
        type: 'object',
        properties: {
            on: { type: 'string', format: 'date', default: '2026-03-04' },
            points: { type: 'array', minItems: 1, items: { type: 'string' } },
            places: { type: 'array', minItems: 1, items: outcome },
            days: { type: 'integer' },
            found: { type: 'boolean' },
        },
    }
    expect(startOf(form)).toEqual({ on: '2026-03-04', points: [''], places: [], days: null, found: false })

    const reply: FormSchema = {
        type: 'object',
        properties: { items: { type: 'array', prefixItems: [item, item], items: false } },
        default: { items: [{ outcome: 'disclosed' }] },
    }
    const blank = { outcome: '', limb: '', reference: '' }
    expect(startOf(reply)).toEqual({ items: [{ ...blank, outcome: 'disclosed' }, blank] })
})

test('what was left empty or no longer applies is not sent', () => {
    expect(inputOf(item, { outcome: 'disclosed', limb: 'secret', reference: '' })).toEqual({ outcome: 'disclosed' })
    expect(inputOf(item, { outcome: 'refused', limb: 'secret', reference: '' })).toEqual({ outcome: 'refused', limb: 'secret' })
    const form: FormSchema = { type: 'object', properties: { found: { type: 'boolean' }, days: { type: 'integer' } } }
    expect(inputOf(form, { found: false, days: 0 })).toEqual({ found: false, days: 0 })
})

test('what follows from another member is sent, but not asked for', () => {
    const reply: FormSchema = {
        type: 'object',
        properties: {
            outcome: { const: { $data: '/items/0/outcome' } },
            items: { type: 'array', prefixItems: [item], items: false },
        },
    }
    const value = startOf(reply) as FormObject
    expect(Object.keys(value)).toEqual(['items'])
    expect(fieldsOf(reply, value).map((field) => field.name)).toEqual(['items'])
    expect(inputOf(reply, { items: [{ outcome: 'disclosed' }] })).toEqual({ outcome: 'disclosed', items: [{ outcome: 'disclosed' }] })
    expect(inputOf(reply, value)).toEqual({ items: [{}] })
})
