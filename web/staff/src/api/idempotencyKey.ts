/** One key for one thing to be made, so that asking twice makes it once. */
export function newKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
