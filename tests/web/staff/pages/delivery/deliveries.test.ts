import { expect, test } from 'vitest'
import { alertsAbout, kindsShown, questionOf, toneOf } from '@/pages/delivery/deliveries'

function delivery(state: string, kind = 'email', actions: string[] = []) {
    return { state, state_label: state, kind, kind_label: kind, topic_label: '补正告知', error_text: '', actions } as never
}

test('what somebody has to see to is what failed and what has to be printed', () => {
    const printed = delivery('waiting', 'print', ['confirm_printed'])
    const dead = delivery('dead')
    const bounced = delivery('bounced')
    const others = [delivery('waiting'), delivery('sent', 'print'), delivery('retrying'), delivery('cancelled')]
    const alerts = alertsAbout([printed, dead, ...others, bounced])
    expect(alerts.map(({ title }) => title)).toEqual(['补正告知：printwaiting', '补正告知：emaildead', '补正告知：emailbounced'])
    expect(alerts.map(({ link }) => link?.to)).toEqual(['/deliveries', undefined, undefined])
})

test('red is what failed for good, amber what is tried again', () => {
    expect(toneOf('dead')).toBe('danger')
    expect(toneOf('retrying')).toBe('warning')
    expect(toneOf('sent')).toBe('good')
    expect(toneOf('sending')).toBe('primary')
})

test('only what is sent to somebody can be chosen, and only a dispatch by hand asks how it went', () => {
    expect(kindsShown([{ code: 'letter' }, { code: 'print' }, { code: 'sms' }])).toEqual([{ code: 'print' }, { code: 'sms' }])
    expect(questionOf('confirm_printed', { statutory: true })?.required).toEqual(['way', 'sent_on'])
    expect(questionOf('retry', { statutory: true })).toBeUndefined()
    expect(questionOf('cancel', { statutory: true })?.required).toEqual(['reason'])
    expect(questionOf('cancel', { statutory: false })).toBeUndefined()
})
