import { computed, watch } from 'vue'
import { answer, api, Refused } from '@/api/client'
import type { Shapes } from '@/api/shapes'
import { debounce } from '@/parts/debounce'
import { useAsync } from '@/parts/useAsync'
import type { Gap } from './missing'

const pause = 600 // milliseconds without typing before the draft is reviewed
const unfit = 422

/** The service's review of a draft while it is being written: what is missing, its checks, and the text of the letter. */
export function useReview(id: string, draft: () => Shapes['ReplyDraft']) {
    const params = { path: { id } }
    const body = () => draft() as never // half-filled drafts are sent too: the service says what they lack
    const review = useAsync(() => answer(api.POST('/api/v1/cases/{id}/reply/review', { params, body: body() })))
    watch(draft, debounce(pause, review.run), { deep: true })

    const faults = computed(() => {
        const error = review.error.value
        return error instanceof Refused && error.status === unfit ? (error.problem.errors ?? []) : null
    })
    return {
        run: review.run,
        busy: review.busy,
        /** Why the draft could not be reviewed. */
        error: computed(() => (faults.value ? null : review.error.value)),
        gaps: computed<Gap[]>(() => faults.value ?? review.data.value?.missing ?? []),
        checks: computed(() => review.data.value?.checks ?? []),
        preview: computed(() => review.data.value?.preview ?? null),
        /** Of the case as a whole; where the draft names none, the one proposed. */
        outcome: computed(() => review.data.value?.outcome ?? null),
    }
}
