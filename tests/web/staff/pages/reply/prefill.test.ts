import { expect, test } from 'vitest'
import { applyPrefill, offerMissing, type Prefill } from '@/pages/reply/prefill'

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

test('a member that is missing as a whole is filled in from the file, once', () => {
    const reply = { notices: [], remark: '' }
    const offers = { notices: [{ content: '会议纪要第二页' }], remark: '不缺的不填' }
    const gaps = [{ pointer: '/notices', code: 'notice', detail: '' }]
    offerMissing(reply, gaps, offers)
    expect(reply).toEqual({ notices: [{ content: '会议纪要第二页' }], remark: '' })
    expect(reply.notices[0]).not.toBe(offers.notices[0])
    Object.assign(reply, { notices: [{ content: '我写的' }] })
    offerMissing(reply, gaps, offers)
    expect(reply.notices).toEqual([{ content: '我写的' }])
})
