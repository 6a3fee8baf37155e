import { expect, test } from 'vitest'
import { follow, type Question } from '@/pages/reply/guide'

const answer = (text: string, rest: object = {}) => ({ text, next: null, outcome: null, action: null, action_label: null, article: null, ...rest })
const questions = [
    { step: 'clear', question: '明确吗？', answers: [answer('明确', { next: 'exempt' }), answer('不明确', { action: 'return_assignment', action_label: '退回分办' })] },
    { step: 'exempt', question: '能公开吗？', answers: [answer('秘密', { next: 'separable', outcome: 'refused_secret', outcome_label: '不予公开', article: '条例第十四条' })] },
    { step: 'separable', question: '能分开吗？', answers: [answer('能', { outcome: 'partial', outcome_label: '部分公开' }), answer('不能')] },
] as unknown as Question[]

test('it begins with the first question and asks what the answers lead to', () => {
    expect(follow(questions, []).question?.step).toBe('clear')
    const place = follow(questions, [0])
    expect(place.question?.step).toBe('exempt')
    expect(place.asked.map((each) => each.answer.text)).toEqual(['明确'])
})

test('the outcome named last on the way counts', () => {
    expect(follow(questions, [0, 0, 0]).outcome?.code).toBe('partial')
    expect(follow(questions, [0, 0, 1])).toMatchObject({ question: null, outcome: { code: 'refused_secret', article: '条例第十四条' } })
})

test('a way may end with something else to do than to reply', () => {
    expect(follow(questions, [1])).toMatchObject({ question: null, outcome: null, instead: '退回分办' })
})

test('answers that no longer fit are left out', () => {
    expect(follow(questions, [1, 0]).asked).toHaveLength(1)
    expect(follow([], []).question).toBeNull()
})
