import { expect, test } from 'vitest'
import { failing, unanswered, waiversOf, type Check } from '@/pages/reply/checks'

const check = (name: string, severity: string, holds: boolean) => ({ check: name, severity, holds, findings: [] }) as unknown as Check
const checks = [check('dates_agree', 'waive', false), check('form_as_asked', 'block', false), check('no_personal_data', 'waive', true)]

test('what must be put right comes first, what holds is left out', () => {
    expect(failing(checks).map((each) => each.check)).toEqual(['form_as_asked', 'dates_agree'])
})

test('a reason answers for a check that may be waived, and for no other', () => {
    const waivers = { dates_agree: '　文件印发日期，不是收到日期　', form_as_asked: '这一项不能只说明理由的' }
    expect(unanswered(checks, waivers).map((each) => each.check)).toEqual(['form_as_asked'])
    expect(waiversOf(checks, waivers)).toEqual([{ check: 'dates_agree', reason: '文件印发日期，不是收到日期' }])
})

test('a reason of a few characters explains nothing', () => {
    expect(unanswered(checks, { dates_agree: '没有问题' })).toHaveLength(2)
    expect(waiversOf(checks, { dates_agree: '没有问题' })).toEqual([])
})

test('a reason for a check that has come to hold is not sent', () => {
    expect(waiversOf(checks, { no_personal_data: '经办电话，已经征得本人同意' })).toEqual([])
})
