import { expect, test } from 'vitest'
import { listMissing } from '@/pages/reply/missing'
import type { FormSchema } from '@/parts/schema/schema'

const item: FormSchema = {
    type: 'object',
    properties: { outcome: { type: 'string' }, reason: { type: ['string', 'null'] } },
    allOf: [{ if: { not: { required: ['outcome'] } }, then: { properties: { reason: false } } }],
}
const reply: FormSchema = {
    type: 'object',
    properties: {
        items: { type: 'array', prefixItems: [item, item], items: false },
        outcome: { const: { $data: '/items/0/outcome' } },
        text: { type: 'string' },
    },
    allOf: [
        {
            if: { properties: { items: { contains: { not: { required: ['outcome'] } } } } },
            then: { properties: { text: false } },
        },
    ],
}
const gap = (pointer: string, code = 'missing') => ({ pointer, code, detail: pointer })
const pointers = (gaps: ReturnType<typeof gap>[], ...outcomes: string[]) =>
    listMissing(gaps, reply, { items: outcomes.map((outcome) => ({ outcome, reason: '' })), text: '' }).map((each) => each.pointer)

test('one missing outcome is missing once, and what it will ask for is not missing yet', () => {
    const gaps = [gap('/outcome'), gap('/items/0/outcome'), gap('/items/0/reason'), gap('/text')]
    expect(pointers(gaps, '', 'disclosed')).toEqual(['/items/0/outcome'])
})

test('of several items it says which one lacks it, unless the service has said so', () => {
    const said = { ...gap('/items/1/reason'), detail: '第2项“不予公开”：请说明理由。' }
    const lacks = (gaps: ReturnType<typeof gap>[], items: object[]) => listMissing(gaps, reply, { items, text: '' } as never).map((each) => each.entry)
    const two = [{ outcome: '' }, { outcome: 'refused' }]
    expect(lacks([gap('/items/0/outcome'), said, gap('/text')], two)).toEqual(['第1项：', ''])
    expect(lacks([gap('/items/0/outcome')], [{ outcome: '' }])).toEqual([''])
})

test('a field that lacks two things is listed once', () => {
    expect(pointers([gap('/items/1/reason'), gap('/items/1/reason', 'reason'), gap('/text')], 'refused', 'refused')).toEqual(['/items/1/reason', '/text'])
})

test('what is not filled in here stays, each in its own right', () => {
    const gaps = [gap('/items/0/search_record', 'search_record'), gap('', 'consultation_open'), gap('', 'other')]
    const found = listMissing(gaps, reply, { items: [{ outcome: 'not_held' }, { outcome: 'not_held' }], text: '' })
    expect(found.map((each) => [each.code, each.standing])).toEqual([
        ['search_record', 'elsewhere'], ['consultation_open', 'elsewhere'], ['other', 'elsewhere'],
    ])
})
