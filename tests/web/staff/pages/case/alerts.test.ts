import { expect, test } from 'vitest'
import type { Shapes } from '@/api/shapes'
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
        urgings: [],
        consultations: [],
        disputes: [],
        open_matters: [],
        origin: null,
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

test('a reply that was sent back says by whom, at which step, when and why', () => {
    const back = { step_label: '法制审核', by_name: '王五', on: '2026-03-03', reason: '请补充检索过程' }
    expect(alertsOf(facts({}, { returned: true, returns: [back] }))).toMatchObject([
        { tone: 'warning', title: '答复退回修改', text: '王五在“法制审核”退回，2026-03-03 周二。理由：请补充检索过程' },
    ])
    expect(titles(facts({}, { returned: false, returns: [back] }))).toEqual([])
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

test('an open card leads to its file, a card that has ended is not told; what is unsigned for is', () => {
    const card = { level: 'yellow', level_label: '黄牌预警', cause_label: '答复期限将满', on: '2026-03-26', file: 'x-k1' }
    const cards = [{ ...card, state: 'open' }, { ...card, state: 'lifted', file: 'x-k2' }]
    const reminder = { action_label: '督办', text: '请尽快答复', due: '2026-03-30', by_name: '监督员', received_on: null }
    const urgings = [reminder, { ...reminder, received_on: '2026-03-27' }]
    expect(alertsOf(facts({}, { cards, urgings }))).toEqual([
        { tone: 'warning', title: '黄牌预警', text: '答复期限将满，2026-03-26 周四 发出。', link: { to: '/cards/x-k1', label: '看档案' } },
        { tone: 'warning', title: '督办待签收', text: '请尽快答复（监督员，完成期限 2026-03-30 周一）' },
    ])
})

test('a contact that nobody has checked is told, and what that holds back', () => {
    const [alert, ...others] = alertsOf(facts({}, { contact_unchecked: true }))
    expect(others).toEqual([])
    expect(alert!.title).toBe('联系方式待核验')
    expect(alert!.text).toContain('期限照算')
})

test('what follows the reply is said with its last day', () => {
    const next = { action_label: '提交复议答复或答辩', due: '2026-03-16', remaining_workdays: 2, overdue_workdays: 0, basis: '行政复议法第四十八条' }
    const followUps = (step: object | null) => facts({}, { open_matters: [{ kind_label: '复议诉讼', next: step }] })
    expect(alertsOf(followUps(next))).toEqual([{
        tone: 'warning',
        title: '复议诉讼：提交复议答复或答辩',
        text: '最晚 2026-03-16 周一，还剩 2 个工作日（行政复议法第四十八条）。',
    }])
    expect(alertsOf(followUps({ ...next, overdue_workdays: 3 }))[0]!.tone).toBe('danger')
    expect(alertsOf(followUps(null))).toEqual([])
})

test('a reply that is made anew is known on both cases', () => {
    expect(titles(facts({}, { origin: { number: '430500-01-2026-000001', dispute: 'd1' } }))).toEqual(['重新答复'])
    const disputes = [{ end: {}, order: { due: '2026-03-30' } }, { end: {}, order: null }]
    expect(titles(facts({}, { disputes }))).toEqual(['已责令重新答复'])
})
