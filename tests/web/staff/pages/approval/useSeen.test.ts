import { expect, test } from 'vitest'
import { ref } from 'vue'
import { useSeen } from '@/pages/approval/useSeen'

test('what was opened is seen, what has become another paper is not', () => {
    const letter = ref('text 1')
    const { mark, isSeen, left } = useSeen(() => [
        { key: letter.value, name: '答复书' },
        { key: 'f1', name: '会议纪要.pdf' },
    ])
    expect(left.value.map((each) => each.name)).toEqual(['答复书', '会议纪要.pdf'])
    mark('text 1')
    mark('f1')
    expect(left.value).toEqual([])
    letter.value = 'text 2'
    expect(left.value.map((each) => each.name)).toEqual(['答复书'])
    mark('f1', false)
    expect(isSeen('f1')).toBe(false)
})
