import { watch, type Ref } from 'vue'
import { readPermissions } from '@/api/act'
import { answer, api } from '@/api/client'
import type { Shapes } from '@/api/shapes'
import { useAsync } from '@/parts/useAsync'

/** Everything the page of one case shows. */
export interface CaseFile {
    facts: Shapes['Case']
    clock: Shapes['CaseClock']
    permissions: Shapes['ActionPermission'][]
    /** The newest first. */
    events: Shapes['TimelineEntry'][]
}

/** What happened to the case, the newest first. */
export async function readEvents(id: string) {
    const timeline = await answer(api.GET('/api/v1/cases/{id}/timeline', { params: { path: { id } } }))
    return [...timeline.items].reverse()
}

async function load(id: string): Promise<CaseFile> {
    const params = { path: { id } }
    const [facts, clock, menu, events] = await Promise.all([
        answer(api.GET('/api/v1/cases/{id}', { params })),
        answer(api.GET('/api/v1/cases/{id}/clock', { params })),
        readPermissions(id),
        readEvents(id),
    ])
    return { facts, clock, permissions: menu.actions, events }
}

/** The case of the page, fetched anew when `id` changes and by `refresh()`. */
export function useCaseFile(id: Ref<string>) {
    const { data: file, error, slow, run } = useAsync(load)
    const refresh = () => run(id.value)
    watch(id, () => {
        file.value = undefined
        void refresh()
    }, { immediate: true })
    return { file, error, slow, refresh }
}
