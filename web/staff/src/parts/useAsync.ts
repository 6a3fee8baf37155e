import { readonly, ref, shallowRef } from 'vue'

const worthShowing = 300 // milliseconds

/**
 * Work with the service, whether fetching or doing: what it gave, why not, and whether it is still under way. Of several
 * runs only the last counts. `slow` says that it takes long enough to show something.
 */
export function useAsync<Result, Given extends unknown[]>(work: (...given: Given) => Promise<Result>) {
    const data = shallowRef<Result>()
    const error = shallowRef<Error | null>(null)
    const busy = ref(false)
    const slow = ref(false)
    let turn = 0

    /** The result, or nothing when it was refused or overtaken by a later run. */
    async function run(...given: Given): Promise<Result | undefined> {
        const mine = ++turn
        const timer = setTimeout(() => (slow.value = mine === turn), worthShowing)
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
