import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import DueTag from '@/parts/DueTag.vue'

const shown = (props: InstanceType<typeof DueTag>['$props']) => {
    const tag = mount(DueTag, { props })
    return { text: tag.text(), tone: tag.classes().at(-1), icon: tag.find('svg').exists() }
}

test('says with word, icon and colour how the deadline stands', () => {
    const due = '2026-05-29'
    expect(shown({ due, remaining: 12, overdue: 0 })).toEqual({ text: '剩 12 个工作日', tone: 'good', icon: true })
    expect(shown({ due, remaining: 3, overdue: 0 })).toEqual({ text: '剩 3 个工作日', tone: 'warning', icon: true })
    expect(shown({ due, remaining: 0, overdue: 2 })).toEqual({ text: '超期 2 个工作日', tone: 'danger', icon: true })
    expect(shown({ due: null, remaining: 0, overdue: 0 }).text).toBe('期限未起算')
    expect(shown({ due, remaining: 0, overdue: 0, concluded: true }).text).toBe('已办结')
    expect(shown({ due, remaining: 5, overdue: 0, paused: true }).text).toBe('征求意见 · 剩 5 个工作日')
})
