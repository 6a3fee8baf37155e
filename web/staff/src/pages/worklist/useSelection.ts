import { computed, shallowRef, type Ref } from 'vue'
import type { CaseRow } from './listContext'

/** Which rows are selected. */
export function useSelection(rows: Readonly<Ref<readonly CaseRow[]>>) {
    const ids = shallowRef<ReadonlySet<string>>(new Set())
    const picked = computed(() => rows.value.filter((row) => ids.value.has(row.id)))

    function toggle(id: string) {
        const changed = new Set(ids.value)
        if (!changed.delete(id)) changed.add(id)
        ids.value = changed
    }
    function toggleAll() {
        ids.value = new Set(ids.value.size < rows.value.length ? rows.value.map((row) => row.id) : [])
    }
    const clear = () => (ids.value = new Set())

    return { ids, picked, toggle, toggleAll, clear }
}
