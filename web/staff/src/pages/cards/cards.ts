import { BellFilled, CircleCloseFilled, InfoFilled, WarningFilled } from '@element-plus/icons-vue'
import type { Component } from 'vue'
import type { Shapes } from '@/api/shapes'

type Tone = 'primary' | 'warning' | 'danger'

/** How a card looks: its colour, and an icon of its own, for colour is never alone. */
export const looks: Record<Shapes['CardLevel'], { tone: Tone; icon: Component }> = {
    blue: { tone: 'primary', icon: InfoFilled },
    yellow: { tone: 'warning', icon: BellFilled },
    red: { tone: 'danger', icon: WarningFilled },
    severe_red: { tone: 'danger', icon: CircleCloseFilled },
}

/** The address of the list with exactly the cards of a figure. */
export const cardsAt = (list: string) => `/cards?${list}`

/** How a case stood to its deadline when a card was issued. */
export function standing(workdays: number): string {
    if (workdays < 0) return `已超过 ${-workdays} 个工作日`
    return workdays === 0 ? '当天届满' : `还剩 ${workdays} 个工作日`
}
