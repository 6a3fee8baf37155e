import type { Shapes } from '@/api/shapes'

export type Area = Shapes['RedactedArea']
export type Limb = Shapes['Limb']

/** The area between two points of a page, in thousandths; null when it is too small to be intended. */
export function areaBetween(page: number, from: [number, number], to: [number, number], limb: Limb): Area | null {
    const hold = (part: number) => Math.min(Math.max(Math.round(part * 1000), 0), 1000)
    const [left, right] = [hold(Math.min(from[0], to[0])), hold(Math.max(from[0], to[0]))]
    const [top, bottom] = [hold(Math.min(from[1], to[1])), hold(Math.max(from[1], to[1]))]
    const [width, height] = [right - left, bottom - top]
    return width < 4 || height < 4 ? null : { page, x: left, y: top, width, height, limb, limb_label: '' }
}

/** The area as the service takes it: without what it adds itself, and within the page. */
export function toRequest({ page, x, y, width, height, limb }: Area) {
    return { page, x, y, width: Math.min(width, 1000 - x), height: Math.min(height, 1000 - y), limb }
}
