import { expect, test } from 'vitest'
import { areaBetween, toRequest } from '@/pages/redaction/areas'

test('an area is the same whichever way it is drawn, and stays on the page', () => {
    const area = areaBetween(2, [0.1, 0.2], [0.5, 0.25], 'personal_privacy')!
    expect(area).toMatchObject({ page: 2, x: 100, y: 200, width: 400, height: 50, limb: 'personal_privacy' })
    expect(areaBetween(2, [0.5, 0.25], [0.1, 0.2], 'personal_privacy')).toEqual(area)
    expect(areaBetween(1, [0.9, 0.9], [1.7, -3], 'trade_secret')).toMatchObject({ x: 900, y: 0, width: 100, height: 900 })
})

test('a click is no area', () => {
    expect(areaBetween(1, [0.5, 0.5], [0.501, 0.6], 'trade_secret')).toBeNull()
})

test('what is typed is held to the page', () => {
    const area = { page: 1, x: 900, y: 950, width: 300, height: 300, limb: 'draft' as const, limb_label: '过程稿' }
    expect(toRequest(area)).toEqual({ page: 1, x: 900, y: 950, width: 100, height: 50, limb: 'draft' })
})
