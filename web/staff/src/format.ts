const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/** `2026-04-24` → `2026-04-24 周五`. */
export function withWeekday(date: string | null | undefined): string {
    if (!date) return ''
    return `${date} 周${weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()]}`
}

/** `2026-04-24` → `2026年4月24日`, as official letters write dates. */
export const toPaperDate = (date: string) => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

/** The date so many days later (or earlier). */
export function shiftDays(date: string, days: number): string {
    const shifted = new Date(`${date}T00:00:00Z`)
    shifted.setUTCDate(shifted.getUTCDate() + days)
    return shifted.toISOString().slice(0, 10)
}

/** An instant of the service, to the minute: `2026-04-24T09:05:12+08:00` → `2026-04-24 09:05`. */
export function toMinute(instant: string): string {
    return instant.slice(0, 16).replace('T', ' ')
}

/** A moment on the clock of the agency: `12:03`. */
export function timeOfDay(now = new Date()): string {
    return now.toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
}

/** Today's date in China, where the law counts its days, whatever the time zone of the browser. */
export function today(now = new Date()): string {
    return now.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
}

/** A number of bytes as people read it. */
export function fileSize(bytes: number): string {
    if (bytes < 1024) return `${bytes} 字节`
    const kib = bytes / 1024
    return kib < 1024 ? `${Math.round(kib)} KB` : `${(kib / 1024).toFixed(1)} MB`
}
