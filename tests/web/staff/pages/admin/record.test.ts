import { expect, test } from 'vitest'
import { recordSchema, typedOf, wordsOf } from '@/pages/admin/record'
import { fieldsOf, inputOf, startOf, type FormObject } from '@/parts/schema/schema'

const request = {
    type: 'object',
    properties: {
        code: { type: 'string', title: '代码', maxLength: 40 },
        name: { type: 'string', title: '名称', maxLength: 200 },
        agency: { type: 'string', title: '机关' },
        roles: { type: 'array', items: { type: 'string', oneOf: [{ const: 'auditor', title: '审计员' }] } },
        active: { type: ['boolean', 'null'], title: '启用' },
    },
    required: ['code', 'name', 'roles'],
}

test('records to choose from become choices, by their bare names; what is not asked for is no field', () => {
    const schema = recordSchema(request, { agency: [{ value: '430500-02', label: '\u3000教育局' }] }, ['active'])
    expect(schema.properties!.agency).toMatchObject({ title: '机关', oneOf: [{ const: '430500-02', title: '教育局' }] })
    expect(fieldsOf(schema, {}).map(({ name }) => name)).toEqual(['code', 'name', 'agency', 'roles'])
    expect(request.properties.agency).toEqual({ type: 'string', title: '机关' })
})

test('an answer fills the form, and the form makes the request', () => {
    const answer = { code: 'a', name: '示范局', agency: null, roles: [{ code: 'auditor', label: '审计员' }], active: false, version: 3 }
    const schema = recordSchema(request)
    const value = startOf(schema, typedOf(answer)) as FormObject
    expect(value).toEqual({ code: 'a', name: '示范局', agency: '', roles: ['auditor'], active: false })
    expect(inputOf(schema, value)).toEqual({ code: 'a', name: '示范局', roles: ['auditor'], active: false })
})

test('values are told in words, lists of records too', () => {
    const cause = { type: 'string', oneOf: [{ const: 'reply_due', title: '答复期限将满' }] }
    const entry = { type: 'object', properties: { cause, days: { type: 'integer' } } }
    const list = { type: 'array', items: entry }
    expect(wordsOf(list, [{ cause: 'reply_due', days: 4 }])).toBe('答复期限将满 4')
    expect(wordsOf(list, [])).toBe('没有')
    expect(wordsOf({ type: 'boolean' }, false)).toBe('否')
    expect(wordsOf({ type: 'integer' }, 15)).toBe('15')
})
