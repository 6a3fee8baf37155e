import { expect, test } from 'vitest'
import { resultOf, summaryOf, type FollowUp } from '@/pages/follow_ups/followUps'
import { averageText, marksChart, percent } from '@/pages/follow_ups/ratingFigures'

const followUp = (part: object) =>
    ({ rating: null, rating_file: null, dispute: null, suggestion: null, amendment: null, ...part }) as unknown as FollowUp

test('each kind says itself in one line', () => {
    expect(summaryOf(followUp({ rating: { score: 2, text: '等了很久' } }))).toBe('2 分：等了很久')
    expect(summaryOf(followUp({ rating: { score: 5, text: null } }))).toBe('5 分')
    expect(summaryOf(followUp({ dispute: { kind_label: '行政复议', authority: '市政府', reference: '1号' } }))).toBe('行政复议　市政府 1号')
    expect(summaryOf(followUp({ suggestion: { suggestion: { reason: '大家都需要' } } }))).toBe('大家都需要')
    expect(summaryOf(followUp({ amendment: { request: { record: '出生日期' } } }))).toBe('出生日期')
})

test('and how it ended, so far as it has', () => {
    expect(resultOf(followUp({ dispute: { end: { result_label: '结果纠正' } } }))).toBe('结果纠正')
    expect(resultOf(followUp({ dispute: { end: null } }))).toBe('')
    expect(resultOf(followUp({ rating_file: { contact: { finding_label: '误评' } } }))).toBe('误评')
    expect(resultOf(followUp({ suggestion: { answer: { decision_label: '已主动公开' } } }))).toBe('已主动公开')
})

test('rates are shares, and nothing is said of nothing', () => {
    expect(percent(0.8333)).toBe('83.3%')
    expect(percent(null)).toBe('—')
    expect(averageText(4.256)).toBe('4.26')
    const chart = marksChart([{ score: 5, label: '非常满意', n: 3 }])
    expect(chart.bars).toEqual([{ label: '非常满意', values: [3], links: [] }])
})
