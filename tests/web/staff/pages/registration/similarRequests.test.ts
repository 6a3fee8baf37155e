import { beforeEach, expect, test, vi } from 'vitest'
import { findSimilarRequests, marksOf } from '@/pages/registration/similarRequests'
import { emptyForm, emptyItem } from '@/pages/registration/form'

let asked: unknown[] = []
beforeEach(() => {
    asked = []
    vi.stubGlobal('fetch', async (request: Request) => {
        asked.push(await request.json())
        return Response.json({ own: [], others: [], published: [] })
    })
})

const arrival = { channel: 'counter', received_on: '', evidence: '' }

test('whom and what a form is about, all items together', () => {
    const form = emptyForm(arrival)
    form.applicant.name = ' 张三 '
    form.items = [{ ...emptyItem(), title: '会议纪要' }, { ...emptyItem(), title: '补偿办法', description: '全文' }]
    expect(marksOf(form)).toEqual({ name: '张三', id_number: '', uscc: '', phone: '', title: '会议纪要\n补偿办法', description: '全文' })
})

test('nothing is asked while nothing is typed', async () => {
    const form = emptyForm(arrival)
    expect(await findSimilarRequests(marksOf(form))).toBeNull()
    form.items[0]!.title = '会议纪要'
    expect(await findSimilarRequests(marksOf(form))).not.toBeNull()
    expect(asked).toEqual([{ name: '', id_number: '', uscc: '', phone: '', title: '会议纪要', description: '' }])
})
