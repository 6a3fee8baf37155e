import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick, reactive } from 'vue'
import SchemaForm from '@/parts/schema/SchemaForm.vue'
import { startOf, type FormObject, type FormSchema } from '@/parts/schema/schema'

const schema: FormSchema = {
    type: 'object',
    properties: {
        kind: { type: 'string', title: '类别', oneOf: [{ const: 'a', title: '甲' }, { const: 'b', title: '乙' }] },
        on: { type: 'string', format: 'date', title: '日期', formatMinimum: '2026-03-02', formatMaximum: '2026-03-04' },
        points: { type: 'array', title: '要点', minItems: 1, maxItems: 2, items: { type: 'string', maxLength: 4000 } },
        remark: { type: ['string', 'null'], title: '说明', maxLength: 200 },
    },
    required: ['kind', 'on', 'points'],
}

function open(faults = new Map<string, string>()) {
    const value = reactive(startOf(schema) as FormObject)
    return { value, form: mount(SchemaForm, { props: { schema, value, faults, pointer: '' } }) }
}

test('every field has its label, and what is optional says so', async () => {
    const { form } = open()
    await nextTick()
    const labels = form.findAll('label[for], legend').map((label) => label.text())
    expect(labels).toEqual(['类别', '日期', '要点', '说明（选填）'])
    for (const label of form.findAll('label[for]')) {
        expect(form.find(`[id="${label.attributes('for')}"]`).exists()).toBe(true)
    }
})

test('what is filled in lands in the value', async () => {
    const { value, form } = open()
    await form.find('input[type="radio"][value="b"]').setValue()
    await form.find('input[type="date"]').setValue('2026-03-03')
    await form.find('textarea').setValue('写明时间')
    expect(value).toEqual({ kind: 'b', on: '2026-03-03', points: ['写明时间'], remark: '' })
})

test('a date is bounded and shows its weekday', async () => {
    const { form } = open()
    const date = form.find('input[type="date"]')
    expect(date.attributes()).toMatchObject({ min: '2026-03-02', max: '2026-03-04' })
    await date.setValue('2026-03-03')
    expect(form.text()).toContain('周二')
})

test('entries are added up to the most there may be, and removed down to the fewest', async () => {
    const { value, form } = open()
    const button = (words: string) => form.findAll('button').find((each) => (each.attributes('aria-label') ?? each.text()).includes(words))!
    expect(button('删除第 1 项').attributes('disabled')).toBeDefined()
    await button('增加一项').trigger('click')
    expect(value.points).toEqual(['', ''])
    expect(button('增加一项').attributes('disabled')).toBeDefined()
    await button('删除第 2 项').trigger('click')
    expect(value.points).toEqual([''])
})

test('a fault stands at its field, also within a list', () => {
    const { form } = open(new Map([['/on', '请填写日期。'], ['/points/0', '要点过短。']]))
    const date = form.find('input[type="date"]')
    expect(date.attributes('aria-invalid')).toBe('true')
    const described = date.attributes('aria-describedby')!.split(' ').map((id) => form.find(`[id="${id}"]`).text())
    expect(described).toContain('请填写日期。')
    expect(form.find('ol').text()).toContain('要点过短。')
})
