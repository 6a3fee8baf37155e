import { expect, test } from 'vitest'
import { taskAlert } from '@/pages/worklist/administratorTasks'

const task = {
    code: 'calendar_missing', title: '录入2027年的放假安排', detail: '已是第5周。', urgency: 'alarm' as const, urgency_label: '严重',
    since: '2026-11-01', year: 2027,
}

test('a task is as loud as it is urgent, and leads to where it is done', () => {
    expect(taskAlert(task)).toEqual({
        tone: 'danger', title: '严重：录入2027年的放假安排', text: '已是第5周。', link: { to: '/calendar?year=2027', label: '去录入' },
    })
    expect(taskAlert({ ...task, urgency: 'reminder', urgency_label: '提醒' }).tone).toBe('primary')
})
