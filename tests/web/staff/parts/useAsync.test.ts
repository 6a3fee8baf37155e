import { expect, test } from 'vitest'
import { useAsync } from '@/parts/useAsync'

/** A promise that is settled from outside. */
function pending<T>() {
    let settle!: { resolve: (value: T) => void; reject: (error: unknown) => void }
    const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }))
    return { promise, ...settle }
}

test('gives what the work gave', async () => {
    const { run, data, busy } = useAsync(async (word: string) => `${word}！`)
    const running = run('好')
    expect(busy.value).toBe(true)
    expect(await running).toBe('好！')
    expect(data.value).toBe('好！')
    expect(busy.value).toBe(false)
})

test('keeps a refusal and the earlier result', async () => {
    let refuse = false
    const { run, data, error } = useAsync(async () => {
        if (refuse) throw new Error('不行')
        return 1
    })
    await run()
    refuse = true
    expect(await run()).toBeUndefined()
    expect(error.value?.message).toBe('不行')
    expect(data.value).toBe(1)
})

test('only the last of several runs counts, also when an earlier one ends later', async () => {
    const first = pending<string>()
    const second = pending<string>()
    const { run, data, busy } = useAsync((which: number) => (which === 1 ? first.promise : second.promise))
    const runs = [run(1), run(2)]
    second.resolve('second')
    first.resolve('first')
    expect(await Promise.all(runs)).toEqual([undefined, 'second'])
    expect(data.value).toBe('second')
    expect(busy.value).toBe(false)
})
