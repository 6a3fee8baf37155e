import { computed, shallowRef } from 'vue'
import { useAsync } from './useAsync'

interface Page<Item> {
    items: Item[]
    next_cursor: string | null
}

/** A list that is read page by page: `run()` reads the first page again, `readMore()` appends the next one. */
export function usePages<Item>(readPage: (cursor?: string) => Promise<Page<Item>>) {
    const first = useAsync(() => readPage())
    const more = useAsync(readPage)
    const shown = shallowRef<Item[]>([])
    const next = shallowRef<string | null>(null)

    async function run() {
        const page = await first.run()
        if (!page) return
        shown.value = page.items
        next.value = page.next_cursor
    }

    async function readMore() {
        const page = await more.run(next.value ?? undefined)
        if (!page) return
        shown.value = [...shown.value, ...page.items]
        next.value = page.next_cursor
    }

    return {
        shown,
        next,
        error: computed(() => first.error.value ?? more.error.value),
        busy: computed(() => first.busy.value || more.busy.value),
        slow: first.slow,
        run,
        readMore,
    }
}
