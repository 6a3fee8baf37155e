import { answer, api } from '@/api/client'
import type { CaseRow } from '@/pages/worklist/listContext'

const shown = 5
const joints = /[\s，。、；：,.;:"'“”‘’《》〈〉（）()【】]+|关于|有关|以及|的|和|与|及/

/** Pieces of a title that a like one may share: what stands between the small words, and of long pieces both ends. */
export function phrasesOf(title: string): string[] {
    const pieces = title.split(joints).filter((piece) => [...piece].length >= 2)
    const ends = pieces.flatMap((piece) => {
        const characters = [...piece]
        if (characters.length < 7) return []
        return [characters.slice(0, 4).join(''), characters.slice(-4).join('')]
    })
    return [...new Set([...pieces, ...ends])].slice(0, 6)
}

async function search(words: string): Promise<CaseRow[]> {
    const query = { q: words, limit: 20, sort: 'received' } as const
    return (await answer(api.GET('/api/v1/cases', { params: { query } }))).items
}

/** The cases found by most of the words first; a search that is refused (too short a word) finds nothing. */
async function found(words: string[]): Promise<CaseRow[]> {
    const results = await Promise.all(words.map((each) => search(each).catch((): CaseRow[] => [])))
    const hits = new Map<string, { row: CaseRow; times: number }>()
    for (const row of results.flat()) {
        hits.set(row.id, { row, times: (hits.get(row.id)?.times ?? 0) + 1 })
    }
    return [...hits.values()]
        .sort((a, b) => b.times - a.times)
        .slice(0, shown)
        .map((hit) => hit.row)
}

/** Cases of whoever has this name, number or telephone. */
export const sameApplicant = (marks: string[]) => found(marks.filter((mark) => [...mark].length >= 2))

export const likeRequests = (title: string) => found(phrasesOf(title))
