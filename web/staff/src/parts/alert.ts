/** Something that has to be known before anything is done. */
export interface Alert {
    tone: 'danger' | 'warning' | 'primary'
    title: string
    text?: string
    /** The page that has more of it. */
    link?: { to: string; label: string }
}
