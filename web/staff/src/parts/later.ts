/** Work that is done once nothing has asked for it for so many milliseconds. */
export function later<Given extends unknown[]>(milliseconds: number, work: (...given: Given) => unknown) {
    let timer: ReturnType<typeof setTimeout> | undefined
    return (...given: Given) => {
        clearTimeout(timer)
        timer = setTimeout(() => work(...given), milliseconds)
    }
}
