import { answer, api } from '@/api/client'
import type { Shapes } from '@/api/shapes'
import { leafHash, rootOfInclusion, verifyConsistency } from './merkle'

export type Head = Pick<Shapes['JournalHead'], 'size' | 'root'>

/** What a check found, in words for somebody who has never heard of Merkle trees. */
export interface Verdict {
    holds: boolean
    text: string
    /** The digests that were computed, for those who have. */
    details: [name: string, value: string][]
}

/** The proof of one entry as a file: what `disclosure journal check-receipt` checks against a head that is known. */
export type ProofFile = Shapes['Receipt']

export function readHead(): Promise<Head> {
    return answer(api.GET('/api/v1/journal/head'))
}

/** Fetches the head, then the proof of the entry for a tree of just that size. */
export async function readProof(seq: number): Promise<ProofFile> {
    const { size, root } = await readHead()
    const proof = await answer(api.GET('/api/v1/journal/proof', { params: { query: { seq, size } } }))
    return { seq, record: proof.record, tree_size: size, root, path: proof.path }
}

/** Computes, from the text of the entry and the path alone, the root that must be the published one. */
export function checkEntry({ seq, record, tree_size: size, root, path }: ProofFile): Verdict {
    const leaf = leafHash(new TextEncoder().encode(record))
    const computed = rootOfInclusion(seq - 1, size, leaf, path)
    const holds = computed === root
    return {
        holds,
        text: holds
            ? `第 ${seq} 条记录确实在共 ${size} 条的日志里，一个字也没有改过：浏览器用记录原文和 ${path.length} 个散列算出的树根，与公布的树根相同。`
            : `核验没有通过：用第 ${seq} 条记录的原文算出的树根，与公布的树根不同。这条记录或者日志被改动过，请保存证明文件并立即报告。`,
        details: [
            ['记录的散列', leaf],
            ['算出的树根', computed ?? '证明的长度与日志的条数不符，算不出'],
            ['公布的树根', root],
        ],
    }
}

const digits = /\b[0-9a-f]{64}\b/

/** A head somebody wrote down: the file of this page, or a number of entries and 64 hexadecimal digits in any order. */
export function parseHead(text: string): Head | undefined {
    const lower = text.toLowerCase()
    const named = /"root"\s*:\s*"([0-9a-f]{64})"/.exec(lower)?.[1]
    const root = named ?? digits.exec(lower)?.[0]
    const size = /"(?:tree_)?size"\s*:\s*(\d+)/.exec(lower)?.[1] ?? /\b\d{1,15}\b/.exec(lower.replace(digits, ''))?.[0]
    return root && Number(size) > 0 ? { size: Number(size), root } : undefined
}

/** Whether the journal as it is now only added to the journal of the earlier head. */
export async function checkAgainst(earlier: Head): Promise<Verdict> {
    const now = await readHead()
    const details: Verdict['details'] = [
        ['以前的树根', earlier.root],
        ['现在的树根', now.root],
    ]
    if (earlier.size > now.size) {
        const text = `现在的日志只有 ${now.size} 条，比以前记下的 ${earlier.size} 条还少：有记录被删掉了，请立即报告。`
        return { holds: false, text, details }
    }
    const query = { from: earlier.size, to: now.size }
    const { path } = await answer(api.GET('/api/v1/journal/consistency', { params: { query } }))
    const holds = verifyConsistency(earlier.size, now.size, path, earlier.root, now.root)
    const added = now.size - earlier.size
    return {
        holds,
        text: holds
            ? `以前的 ${earlier.size} 条记录原样都在，之后只增加了 ${added} 条，没有删改、没有调换次序。`
            : `核对没有通过：现在的日志不是在以前那 ${earlier.size} 条之后增加出来的。请先检查抄录的数字；若无误，说明以前的记录被改动过，请立即报告。`,
        details,
    }
}
