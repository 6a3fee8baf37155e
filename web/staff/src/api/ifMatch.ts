/** The header of a write to what was read as `version`. */
export function ifMatch(version: number) {
    return { 'If-Match': `"${version}"` }
}
