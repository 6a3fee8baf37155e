import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { Shapes } from '@/api/shapes'
import RequestsTable from '@/pages/reports/RequestsTable.vue'

const row = (key: string, label: string, group = '', part = '', figure = 0) => ({
    key, label, group, part, cells: [figure, figure], list: `row=${key}`,
})

const table: Shapes['Table3'] = {
    note: '勾稽', columns_title: '申请人情况', organisations: '法人或其他组织', columns: ['自然人', '总计'], column_lists: ['&kind=n', ''],
    rows: [row('new', '一、新收', '', '', 3), row('open', '（一）公开', '三、结果'), row('a', '1.甲', '三、结果', '（三）不予', 2), row('b', '2.乙', '三、结果', '（三）不予'), row('out', '四、结转')],
}

function shown(linked: boolean) {
    return mount(RequestsTable, { props: { table, linked }, global: { stubs: { RouterLink: { props: ['to'], template: '<a :href="to"><slot /></a>' } } } })
}

test('labels span their rows and columns as in the form', () => {
    const heads = shown(true).findAll('tbody th').map((each) => [each.text(), each.attributes('rowspan') ?? '', each.attributes('colspan') ?? ''])
    expect(heads).toEqual([
        ['一、新收', '', '3'],
        ['三、结果', '3', ''],
        ['（一）公开', '', '2'],
        ['（三）不予', '2', ''],
        ['1.甲', '', '1'],
        ['2.乙', '', '1'],
        ['四、结转', '', '3'],
    ])
})

test('a figure leads to exactly its cases, a zero and a past day to none', () => {
    expect(shown(true).findAll('td a').map((each) => each.attributes('href'))).toEqual([
        '/cases?row=new&kind=n', '/cases?row=new', '/cases?row=a&kind=n', '/cases?row=a',
    ])
    expect(shown(false).findAll('td a')).toEqual([])
})
