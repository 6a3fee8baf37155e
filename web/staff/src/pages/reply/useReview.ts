import { computed, watch } from 'vue'
import { answer, api, Refused } from '@/api/client'
import type { Shapes } from '@/api/shapes'
import { later } from '@/parts/later'
import { useAsync } from '@/parts/useAsync'

const pause = 600 // milliseconds without typing after which the draft is looked at
const unfit = 422

/** What the service finds in a draft while it is being written: what it lacks, its checks, how the letter reads. */
export function useReview(id: string, draft: () => Shapes['ReplyDraft']) {
    const params = { path: { id } }
    const body = () => draft() as never // half-filled drafts are sent too: the service says what they lack
    const review = useAsync(() => answer(api.POST('/api/v1/cases/{id}/reply/review', { params, body: body() })))
    watch(draft, later(pause, review.run), { deep: true })

    const faults = computed(() => {
        const error = review.error.value
        return error instanceof Refused && error.status === unfit ? (error.problem.errors ?? []) : null
    })
    return {
        run: review.run,
        busy: review.busy,
        /** Why the draft could not be looked at. */
        error: computed(() => (faults.value ? null : review.error.value)),
        missing: computed(() => faults.value ?? review.data.value?.missing ?? []),
        checks: computed(() => review.data.value?.checks ?? []),
        preview: computed(() => review.data.value?.preview ?? null),
    }
}
