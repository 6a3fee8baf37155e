import { beforeEach, expect, test, vi } from 'vitest'
import { likeRequests, phrasesOf, sameApplicant } from '@/pages/registration/likeness'

test('a title is cut at its small words; long pieces also give both ends', () => {
    expect(phrasesOf('关于老旧小区改造的会议纪要')).toEqual(['老旧小区改造', '会议纪要'])
    expect(phrasesOf('国有土地上房屋征收补偿办法')).toEqual(['国有土地上房屋征收补偿办法', '国有土地', '补偿办法'])
    expect(phrasesOf('的')).toEqual([])
})

const stored: Record<string, string[]> = { 老旧小区改造: ['a', 'b'], 会议纪要: ['c', 'b'], 张三: ['a'], '13800000000': ['a', 'd'] }
let asked: string[] = []
beforeEach(() => {
    asked = []
    vi.stubGlobal('fetch', async (request: Request) => {
        const q = new URL(request.url).searchParams.get('q')!
        asked.push(q)
        return Response.json({ items: (stored[q] ?? []).map((id) => ({ id })), next_cursor: null })
    })
})

test('what is found by most of the words comes first', async () => {
    expect((await likeRequests('关于老旧小区改造的会议纪要')).map((row) => row.id)).toEqual(['b', 'a', 'c'])
    expect((await sameApplicant(['张三', '', '13800000000'])).map((row) => row.id)).toEqual(['a', 'd'])
    expect(asked).toEqual(['老旧小区改造', '会议纪要', '张三', '13800000000'])
})
