import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { Shapes } from '@/api/shapes'
import ActionBar from '@/parts/ActionBar.vue'

const permission = (action: string, label: string, rest: object) =>
    ({ action, action_label: label, name: label, allowed: true, main: false, reason: null, ...rest }) as Shapes['ActionPermission']

const bar = mount(ActionBar, {
    props: {
        permissions: [
            permission('consult', '征求意见', {}),
            permission('draft_reply', '拟写答复', { main: true }),
            permission('claim', '认领', { allowed: false, reason: '这件申请已有承办人。' }),
        ],
    },
})

test('the usual next step comes first and stands out', () => {
    const buttons = bar.findAll('.allowed button')
    expect(buttons.map((button) => button.text())).toEqual(['拟写答复', '征求意见'])
    expect(buttons.map((button) => button.classes('el-button--primary'))).toEqual([true, false])
})

test('what cannot be done says why, to everybody, and does nothing', async () => {
    const refused = bar.find('li button')
    expect(refused.attributes('aria-disabled')).toBe('true')
    expect(bar.find(`[id="${refused.attributes('aria-describedby')}"]`).text()).toBe('这件申请已有承办人。')
    await refused.trigger('click')
    expect(bar.emitted('choose')).toBeUndefined()
    await bar.find('.allowed button').trigger('click')
    expect(bar.emitted('choose')![0]).toMatchObject([{ action: 'draft_reply' }])
})
