// The proof of work the service demands after many failed tries to sign in or to look up a request: a number for which
// SHA-256 (FIPS 180-4) of the challenge, ":" and the number begins with so many zero bits. SHA-256 is written out here,
// because crypto.subtle exists on https only and returns a promise for each hash. Used by the public pages and the staff
// application.

const primes = []
for (let n = 2; primes.length < 64; ++n) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32)
const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))
const words = new Int32Array(64)

/** @type {(state: Int32Array, bytes: Uint8Array, at: number) => void} */
function takeBlock(state, bytes, at) {
    for (let i = 0; i < 16; ++i, at += 4) {
        words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]
    }
    for (let i = 16; i < 64; ++i) {
        const x = words[i - 15], y = words[i - 2]
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
        words[i] = words[i - 16] + s0 + words[i - 7] + s1
    }
    let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7]
    for (let i = 0; i < 64; ++i) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + words[i]) | 0
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h
}

/** @type {(text: string, into: Uint8Array, at: number) => void} */
function write(text, into, at) {
    for (let i = 0; i < text.length; ++i) into[at + i] = text.charCodeAt(i)
}

/**
 * Finds the number, as the text that the service expects. `challenge` is ASCII, `bits` at most 32. Yields regularly, so
 * that the page stays responsive.
 * @type {(challenge: string, bits: number) => Promise<string>}
 */
export async function solve(challenge, bits) {
    const prefix = `${challenge}:`
    const whole = prefix.length - (prefix.length % 64) // whole blocks: the same for every number
    const begun = Int32Array.from(start)
    const first = new Uint8Array(whole)
    write(prefix.slice(0, whole), first, 0)
    for (let at = 0; at < whole; at += 64) takeBlock(begun, first, at)

    const end = new Uint8Array(128)
    const state = new Int32Array(8)
    for (let number = 0; ; ++number) {
        if (number % 20_000 === 0) await new Promise((resume) => setTimeout(resume))
        const rest = prefix.slice(whole) + number
        const size = rest.length < 56 ? 64 : 128
        const length = (whole + rest.length) * 8
        end.fill(0)
        write(rest, end, 0)
        end[rest.length] = 0x80
        end[size - 2] = length >> 8
        end[size - 1] = length
        state.set(begun)
        for (let at = 0; at < size; at += 64) takeBlock(state, end, at)
        if (state[0] >>> 0 < 2 ** (32 - bits)) return String(number)
    }
}
