/** The If-Match header of a write to a record that was read at `version`. */
export function ifMatch(version: number) {
    return { 'If-Match': `"${version}"` }
}
