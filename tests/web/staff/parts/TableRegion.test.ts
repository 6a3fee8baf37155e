import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import TableRegion from '@/parts/TableRegion.vue'

const slots = {
    default: `<table>
        <thead><tr><th>机关</th><th data-label="已逾期"><button>已逾期 ▾</button></th><th>在办</th></tr></thead>
        <tbody><tr><th scope="row">示范市财政局</th><td>1</td><td>4</td></tr></tbody>
    </table>`,
}

function labels(props: { figures?: boolean; compact?: boolean }) {
    const region = mount(TableRegion, { props: { label: '各机关', ...props }, slots })
    return region.findAll('td').map((cell) => cell.attributes('data-label'))
}

it('names each cell by its column, where a phone shows a row as a card', () => {
    expect(labels({})).toEqual(['已逾期', '在办'])
    expect(labels({ compact: true })).toEqual(['已逾期', '在办'])
})

it('leaves the columns of figures as they are', () => {
    expect(labels({ figures: true })).toEqual([undefined, undefined])
})
