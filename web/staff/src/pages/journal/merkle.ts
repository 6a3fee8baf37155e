import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** The Merkle tree of RFC 9162 section 2.1 with SHA-256, as the journal uses it: what was proved is checked here, in the
    browser, and nothing is believed that the service says about its own proofs. Digests are hexadecimal. */

const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

function digest(...parts: Uint8Array[]): string {
    const hash = sha256.create()
    for (const part of parts) hash.update(part)
    return bytesToHex(hash.digest())
}

function isDigest(text: string): boolean {
    return /^[0-9a-f]{64}$/.test(text)
}

export function leafHash(record: Uint8Array): string {
    return digest(leafMark, record)
}

export function nodeHash(left: string, right: string): string {
    return digest(nodeMark, hexToBytes(left), hexToBytes(right))
}

/** One level up; sizes may exceed 32 bits, so no shifts. */
const half = (n: number) => Math.floor(n / 2)
const isOdd = (n: number) => n % 2 === 1

/** 2.1.3.2: the root that `path` makes of the leaf at `index` in a tree of `size`; none when the path cannot be one. */
export function rootOfInclusion(index: number, size: number, leaf: string, path: string[]): string | undefined {
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
    if (![leaf, ...path].every(isDigest)) return undefined
    let place = index
    let last = size - 1
    let root = leaf
    for (const sibling of path) {
        if (last === 0) return undefined
        if (isOdd(place) || place === last) {
            root = nodeHash(sibling, root)
            while (!isOdd(place) && place !== 0) {
                place = half(place)
                last = half(last)
            }
        } else {
            root = nodeHash(root, sibling)
        }
        place = half(place)
        last = half(last)
    }
    return last === 0 ? root : undefined
}

export function verifyInclusion(
    index: number, size: number, leaf: string, path: string[], root: string,
): boolean {
    return rootOfInclusion(index, size, leaf, path) === root
}

/** 2.1.4.2: the tree of `to` leaves and `toRoot` begins with the very leaves of the tree of `from` and `fromRoot`. */
export function verifyConsistency(
    from: number, to: number, path: string[], fromRoot: string, toRoot: string,
): boolean {
    if (!Number.isSafeInteger(from) || from < 1 || from > to) return false
    if (from === to) return path.length === 0 && fromRoot === toRoot
    if (![fromRoot, toRoot, ...path].every(isDigest)) return false
    let place = from - 1
    let last = to - 1
    while (isOdd(place)) {
        place = half(place)
        last = half(last)
    }
    const [first, ...rest] = place === 0 ? [fromRoot, ...path] : path
    if (first === undefined) return false
    let earlier = first
    let later = first
    for (const sibling of rest) {
        if (last === 0) return false
        if (isOdd(place) || place === last) {
            earlier = nodeHash(sibling, earlier)
            later = nodeHash(sibling, later)
            while (!isOdd(place) && place !== 0) {
                place = half(place)
                last = half(last)
            }
        } else {
            later = nodeHash(later, sibling)
        }
        place = half(place)
        last = half(last)
    }
    return last === 0 && earlier === fromRoot && later === toRoot
}
