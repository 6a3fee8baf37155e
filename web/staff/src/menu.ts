/** One entry of the left menu, and who sees it. The service decides again on every request. */
export interface MenuEntry {
    path: string
    title: string
    roles: string[]
}

export const menu: MenuEntry[] = []
