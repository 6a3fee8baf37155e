import { expect, test } from 'vitest'
import { leafHash } from '@/pages/journal/merkle'
import { checkEntry, parseHead } from '@/pages/journal/proving'

const root = 'ab'.repeat(32)

test('a head is read from a saved file, a proof or a note in any order', () => {
    expect(parseHead(JSON.stringify({ size: 2452, root, chain: 'cd'.repeat(32), at: '2026-11-20' }))).toEqual({ size: 2452, root })
    expect(parseHead(JSON.stringify({ seq: 7, tree_size: 12, root }))).toEqual({ size: 12, root })
    expect(parseHead(`2452条  ${root.toUpperCase()}`)).toEqual({ size: 2452, root })
    expect(parseHead(`树根 ${root}，共 2452 条`)).toEqual({ size: 2452, root })
})

test('what is no head is none', () => {
    expect(parseHead('')).toBeUndefined()
    expect(parseHead('2452 条')).toBeUndefined()
    expect(parseHead(root)).toBeUndefined()
    expect(parseHead(`0 ${root}`)).toBeUndefined()
})

test('an entry is proved by its text alone: one changed letter and it is not', () => {
    const record = '{"action":"accept"}'
    const proof = { seq: 1, record, tree_size: 1, root: leafHash(new TextEncoder().encode(record)), path: [] }
    expect(checkEntry(proof)).toMatchObject({ holds: true, text: expect.stringContaining('第 1 条记录确实在共 1 条的日志里') })
    expect(checkEntry({ ...proof, record: '{"action":"accepT"}' })).toMatchObject({ holds: false })
    expect(checkEntry({ ...proof, tree_size: 2 })).toMatchObject({ holds: false })
})
