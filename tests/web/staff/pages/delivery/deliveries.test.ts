import { expect, test } from 'vitest'
import { asksForMore, kindsShown, toneOf, troubleOf } from '@/pages/delivery/deliveries'

const delivery = (state: string, kind = 'email') => ({ state, kind }) as never

test('what somebody has to see to is what failed and what has to be printed', () => {
    const printed = delivery('waiting', 'print')
    const dead = delivery('dead')
    const bounced = delivery('bounced')
    const others = [delivery('waiting'), delivery('sent', 'print'), delivery('retrying'), delivery('cancelled')]
    expect(troubleOf([printed, dead, ...others, bounced])).toEqual([printed, dead, bounced])
})

test('red is what failed for good, amber what is tried again', () => {
    expect(toneOf('dead')).toBe('danger')
    expect(toneOf('retrying')).toBe('warning')
    expect(toneOf('sent')).toBe('good')
    expect(toneOf('sending')).toBe('primary')
})

test('only what is sent to somebody can be chosen, and only a dispatch by hand asks how it went', () => {
    expect(kindsShown([{ code: 'letter' }, { code: 'print' }, { code: 'sms' }])).toEqual([{ code: 'print' }, { code: 'sms' }])
    expect(asksForMore('confirm_printed')).toBe(true)
    expect(asksForMore('retry')).toBe(false)
})
