/** Returns a function that does `work` once it has not been called for so many milliseconds. */
export function debounce<Given extends unknown[]>(milliseconds: number, work: (...given: Given) => unknown) {
    let timer: ReturnType<typeof setTimeout> | undefined
    return (...given: Given) => {
        clearTimeout(timer)
        timer = setTimeout(() => work(...given), milliseconds)
    }
}
