import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import JsonView from '@/parts/JsonView.vue'

test('shows the value unchanged, each kind of it in its own style', () => {
    const value = { 名: '含 "引号" 和 <b>标签</b>: {1}', n: -2.5, ok: true, none: null, list: [1, 'a'] }
    const shown = mount(JsonView, { props: { value, label: '记录' } })
    expect(JSON.parse(shown.text())).toEqual(value)
    expect(shown.findAll('.name').map((each) => each.text())).toEqual(['"名":', '"n":', '"ok":', '"none":', '"list":'])
    expect(shown.findAll('.text')).toHaveLength(2)
    expect(shown.findAll('.number')).toHaveLength(2)
    expect(shown.findAll('.word').map((each) => each.text())).toEqual(['true', 'null'])
    expect(shown.find('b').exists()).toBe(false)
})
