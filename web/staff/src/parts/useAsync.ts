import { readonly, ref, shallowRef } from 'vue'

const slowAfter = 300 // milliseconds

/**
 * A call to the service with its result, its error and whether it is still running. When it is run several times, only
 * the last run counts. `slow` becomes true when the call takes long enough to show an indicator.
 */
export function useAsync<Result, Given extends unknown[]>(work: (...given: Given) => Promise<Result>) {
    const data = shallowRef<Result>()
    const error = shallowRef<Error | null>(null)
    const busy = ref(false)
    const slow = ref(false)
    let turn = 0

    /** Returns the result, or undefined when the call failed or a later run has overtaken it. */
    async function run(...given: Given): Promise<Result | undefined> {
        const mine = ++turn
        const timer = setTimeout(() => (slow.value = mine === turn), slowAfter)
        busy.value = true
        error.value = null
        try {
            const result = await work(...given)
            if (mine !== turn) return undefined
            data.value = result
            return result
        } catch (caught) {
            if (mine === turn) error.value = caught instanceof Error ? caught : new Error(String(caught))
            return undefined
        } finally {
            clearTimeout(timer)
            if (mine === turn) busy.value = slow.value = false
        }
    }

    return { data, error, busy: readonly(busy), slow: readonly(slow), run }
}
