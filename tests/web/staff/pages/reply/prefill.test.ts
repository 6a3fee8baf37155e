import { expect, test } from 'vitest'
import { applyPrefill, type Prefill } from '@/pages/reply/prefill'

const held = { outcome: 'not_held', reference: null, reason: '三处都没有找到', text: '该信息不存在。' } as Prefill
const given = { outcome: 'disclosed', reference: '分配表一份', reason: null, text: '现提供给您。' } as Prefill

test('what the file says is written where nothing stands', () => {
    const item = { outcome: 'not_held', reference: '', reason: '' }
    const reply = { text: '' }
    applyPrefill(reply, item, undefined, held)
    expect(item).toMatchObject({ reference: '', reason: '三处都没有找到' })
    expect(reply.text).toBe('该信息不存在。')
})

test('another outcome takes back what was written in for the former one', () => {
    const item = { outcome: 'disclosed', reference: '', reason: '三处都没有找到' }
    const reply = { text: '该信息不存在。' }
    applyPrefill(reply, item, held, given)
    expect(item).toMatchObject({ reference: '分配表一份', reason: '' })
    expect(reply.text).toBe('现提供给您。')
})

test('what somebody has typed stays', () => {
    const item = { outcome: 'disclosed', reference: '附件两份', reason: '' }
    const reply = { text: '我写的正文。' }
    applyPrefill(reply, item, held, given)
    expect(item.reference).toBe('附件两份')
    expect(reply.text).toBe('我写的正文。')
})
