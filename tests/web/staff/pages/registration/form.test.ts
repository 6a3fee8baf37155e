import { expect, test } from 'vitest'
import { bodyOf, emptyAgent, emptyForm, emptyItem } from '@/pages/registration/form'

const arrival = { channel: 'counter', received_on: '2026-11-20', evidence: '窗口收件' }

test('what is not filled in is not there, and texts are trimmed', () => {
    const form = emptyForm(arrival)
    form.applicant.name = ' 张三 '
    form.applicant.id_number = '430502199003070014'
    form.items = [{ ...emptyItem(), title: '会议纪要' }]
    form.assistance_note = '不需要协助时不提交'
    expect(bodyOf(form, '430500-01')).toEqual({
        agency: '430500-01',
        ...arrival,
        applicant: { kind: 'natural_person', name: '张三', id_type: 'resident_id', id_number: '430502199003070014' },
        items: [{ title: '会议纪要' }],
        provide_as: 'paper',
        obtain_by: 'post',
        accept_other_form: true,
        needs_assistance: false,
    })
})

test('an organisation gives what belongs to an organisation, whatever was typed before', () => {
    const form = emptyForm(arrival)
    Object.assign(form.applicant, { kind: 'business', name: '某公司', id_number: '430502199003070014', uscc: '91430500MA4L16JQ9B' })
    form.agent = { ...emptyAgent(), name: '李四' }
    const body = bodyOf(form, '430500-01')
    expect(body.applicant).toEqual({ kind: 'business', name: '某公司', uscc: '91430500MA4L16JQ9B' })
    expect(body.agent).toEqual({ name: '李四' })
})
