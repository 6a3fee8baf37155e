// @vitest-environment node
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { leafHash, nodeHash, verifyConsistency, verifyInclusion } from '@/pages/journal/merkle'

// The vectors the server's own verifier is held against, read from their C++ table.
const source = readFileSync(new URL('../../../../storage/journal/merkle_vectors.hpp', import.meta.url), 'utf8')

function table<Row extends unknown[]>(name: string): Row[] {
    const body = new RegExp(`${name} = \\{\\n([^]*?)\\n\\};`).exec(source)![1]!
    const lines = body.split('\n').map((line) => line.trim().replace(/,$/, ''))
    return lines.map((line) => JSON.parse(line.replace(/(\d+)U\b/g, '$1').replaceAll('{', '[').replaceAll('}', ']')) as Row)
}

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

test('hashes leaves and inner nodes with their marks', () => {
    const leaves = table<[data: string, hash: string]>('kLeafHashes')
    expect(leaves.length).toBeGreaterThan(2)
    for (const [data, hash] of leaves) expect(leafHash(bytes(data))).toBe(hash)
    const [leaf, other] = leaves.map(([, hash]) => hash) as [string, string]
    expect(nodeHash(leaf, other)).not.toBe(nodeHash(other, leaf))
})

test('an inclusion proof holds exactly where the public vectors say so', () => {
    const rows = table<[name: string, index: number, size: number, root: string, leaf: string, path: string[], holds: boolean]>('kInclusions')
    expect(rows.filter(([, , , , , , holds]) => holds).length).toBeGreaterThan(4)
    for (const [name, index, size, root, leaf, path, holds] of rows) {
        expect(verifyInclusion(index, size, leaf, path, root), name).toBe(holds)
    }
})

test('a consistency proof holds exactly where the public vectors say so', () => {
    const rows = table<[name: string, from: number, to: number, fromRoot: string, toRoot: string, path: string[], holds: boolean]>('kConsistencies')
    expect(rows.filter(([, , , , , , holds]) => holds).length).toBeGreaterThan(3)
    for (const [name, from, to, fromRoot, toRoot, path, holds] of rows) {
        expect(verifyConsistency(from, to, path, fromRoot, toRoot), name).toBe(holds)
    }
})
