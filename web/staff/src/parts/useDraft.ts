import { onScopeDispose, ref, watch } from 'vue'
import { answer, api, Refused } from '@/api/client'
import { timeOfDay, today } from '@/format'
import { debounce } from './debounce'

const pause = 1200 // milliseconds without typing before the draft is saved

interface Kept<Value> {
    saved_at: string
    value: Value
}

/**
 * Saves `value` to the service under `name` while it is being typed, so that nothing is lost. `restore()` loads what an
 * earlier visit left; from then on every change is saved.
 */
export function useDraft<Value extends object>(name: string, value: Value) {
    const restoredFrom = ref('')
    const savedAt = ref('')
    const failed = ref(false)
    const params = { path: { name } }
    let unsaved = false
    let stop = () => {}

    async function save() {
        if (!unsaved) return
        unsaved = false
        const body = { saved_at: new Date().toISOString(), value }
        try {
            await api.PUT('/api/v1/drafts/{name}', { params, body })
            savedAt.value = timeOfDay()
            failed.value = false
        } catch {
            unsaved = failed.value = true
        }
    }
    const soon = debounce(pause, save)

    function follow() {
        stop()
        stop = watch(value, () => {
            unsaved = true
            soon()
        }, { deep: true })
    }

    async function restore() {
        try {
            const kept = (await answer(api.GET('/api/v1/drafts/{name}', { params }))) as unknown as Kept<Value>
            Object.assign(value, kept.value)
            restoredFrom.value = `${today(new Date(kept.saved_at))} ${timeOfDay(new Date(kept.saved_at))}`
        } catch (error) {
            if (!(error instanceof Refused) || error.status !== 404) failed.value = true
        }
        follow()
    }

    /** Deletes the draft, here and at the service. */
    async function discard() {
        stop()
        unsaved = false
        restoredFrom.value = savedAt.value = ''
        await api.DELETE('/api/v1/drafts/{name}', { params }).catch(() => (failed.value = true))
    }

    onScopeDispose(save)
    return { restoredFrom, savedAt, failed, restore, discard, follow }
}
