import { computed } from 'vue'
import { readAgencies } from './lookups'
import { useAsync } from './parts/useAsync'

const indent = '\u3000'

/** The agencies in use, to choose from and by name. */
export function useAgencies() {
    const asked = useAsync(readAgencies)
    void asked.run()
    const list = computed(() => asked.data.value ?? [])
    const names = computed(() => new Map(list.value.map(({ code, name }) => [code, name])))
    const choices = computed(() => list.value.map(({ code, name, depth }) => ({ value: code, label: indent.repeat(depth) + name })))

    return { error: asked.error, choices, nameOf: (code: string) => names.value.get(code) ?? code }
}
