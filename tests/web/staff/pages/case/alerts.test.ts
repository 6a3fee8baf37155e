import { expect, test } from 'vitest'
import type { Shapes } from '@/api/client'
import { alertsOf } from '@/pages/case/alerts'

type Case = Shapes['Case']
const clock = {
    reply_due: '2026-03-30',
    remaining_workdays: 10,
    overdue_workdays: 0,
    provisional: false,
    paused: false,
    shadow: false,
    submitted_on: '2026-03-02',
}
function facts(onTheClock: Partial<typeof clock>, rest: object = {}): Case {
    const plain = {
        clock: { ...clock, ...onTheClock },
        concluded_on: null,
        cards: [],
        consultations: [],
        disputes: [],
        missing_evidence: [],
        proposed_extension: null,
        application: { needs_assistance: false, assistance_note: null },
    }
    return { ...plain, ...rest } as unknown as Case
}
const titles = (found: Case) => alertsOf(found).map((alert) => alert.title)

test('a case in good time has nothing to warn of', () => {
    expect(titles(facts({}))).toEqual([])
})

test('late, or nearly: the days, and the day with its weekday', () => {
    expect(alertsOf(facts({ overdue_workdays: 2, remaining_workdays: 0 }))[0]).toEqual({
        tone: 'danger',
        title: '已超期 2 个工作日',
        text: '答复期限是 2026-03-30 周一。',
    })
    expect(titles(facts({ remaining_workdays: 3 }))).toEqual(['还剩 3 个工作日'])
    expect(titles(facts({ remaining_workdays: 4 }))).toEqual([])
})

test('a concluded case only says that it was late', () => {
    expect(titles(facts({ remaining_workdays: 1, provisional: true }, { concluded_on: '2026-03-20' }))).toEqual([])
    expect(titles(facts({ overdue_workdays: 1 }, { concluded_on: '2026-03-31' }))).toEqual(['办结时已超期 1 个工作日'])
})

test('whoever is waited for is named', () => {
    const consultations = [{ open: true, addressee: '某公司' }, { open: false, addressee: '某局' }]
    expect(alertsOf(facts({ paused: true }, { consultations }))[0]!.text).toBe('等待某公司回复。')
})

test('unconfirmed receipt, a provisional day and what a draft lacks are said', () => {
    const found = facts({ shadow: true, provisional: true }, { missing_evidence: [{ pointer: '/items/0/limb', detail: '请选定具体情形。' }] })
    expect(titles(found)).toEqual(['还没有确认收到', '期限是暂定的', '拟写的答复还不能提交审批'])
})
