/** Offers a file as a download. */
export function saveFile(name: string, file: Blob) {
    const address = URL.createObjectURL(file)
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    URL.revokeObjectURL(address)
}

/** Offers a JSON value as a download. */
export const saveJson = (name: string, value: unknown) =>
    saveFile(name, new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }))
