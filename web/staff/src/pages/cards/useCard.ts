import { watch, type Ref } from 'vue'
import { answer, api } from '@/api/client'
import { ifMatch } from '@/api/ifMatch'
import type { paths } from '@/api/schema'
import type { Shapes } from '@/api/shapes'
import type { FormObject } from '@/parts/schema/schema'
import { useAsync } from '@/parts/useAsync'

type Path = paths['/api/v1/supervision/cards/{id}/actions/{action}']['post']['parameters']['path']

/** One card with its procedure, and taking a step of it. */
export function useCard(id: Ref<string>) {
    const read = useAsync((card: string) =>
        answer(api.GET('/api/v1/supervision/cards/{id}', { params: { path: { id: card } } })),
    )
    const refresh = () => read.run(id.value)
    watch(id, refresh, { immediate: true })

    async function take(step: Shapes['Action'], input: FormObject) {
        const path = { id: id.value, action: step } as Path // the service refuses what is not for people
        const params = { path, header: ifMatch(read.data.value!.version) }
        const body = input as never
        read.data.value = await answer(api.POST('/api/v1/supervision/cards/{id}/actions/{action}', { params, body }))
    }

    return { file: read.data, error: read.error, slow: read.slow, refresh, take }
}
