/** The row the keyboard is on: the one whose link, or anything else in it, has the focus. */
export function useRowFocus() {
    const links = () => [...document.querySelectorAll<HTMLElement>('[data-case] th a')]
    const current = () => document.activeElement?.closest<HTMLElement>('[data-case]') ?? null

    function move(by: 1 | -1) {
        const all = links()
        const at = all.findIndex((link) => link.closest('[data-case]') === current())
        const next = at < 0 ? (by === 1 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)
        all[next]?.focus()
    }

    function withRow(act: (id: string) => void) {
        const id = current()?.dataset.case
        if (id) act(id)
    }

    return { move, withRow }
}
