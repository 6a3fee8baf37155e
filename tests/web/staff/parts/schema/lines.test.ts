import { expect, test } from 'vitest'
import { linesOf } from '@/parts/schema/lines'
import type { FormSchema } from '@/parts/schema/schema'

const kind: FormSchema = { type: 'string', title: '类别', oneOf: [{ title: '组', oneOf: [{ const: 'a', title: '甲' }] }, { const: 'b', title: '乙' }] }

test('what is filled in reads in the words and in the order of the form', () => {
    const schema: FormSchema = {
        type: 'object',
        properties: {
            kind,
            places: { type: 'array', title: '地方', items: kind },
            on: { type: 'string', format: 'date', title: '日期' },
            found: { type: 'boolean', title: '找到' },
            entries: { type: 'array', title: '各项', items: { type: 'object', properties: { kind } } },
            left: { type: ['string', 'null'], title: '没有填' },
        },
    }
    const value = { entries: [{ kind: 'b' }], found: true, on: '2026-03-03', places: ['a', 'b'], kind: 'a', left: null }
    expect(linesOf(schema, value).map((line) => [line.label, line.text])).toEqual([
        ['类别', '甲'], ['地方', '甲；乙'], ['日期', '2026-03-03 周二'], ['找到', '是'], ['各项第 1 项，类别', '乙'],
    ])
})
