import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Shapes } from '@/api/shapes'

export type CaseNews = Shapes['CaseNews']

const kept = 20
const pause = 4000 // milliseconds between two calls of `changed`, however much happens
const again = 10000 // milliseconds until a stream that was refused is tried once more

/**
 * What happens to the cases of a branch, told by the service as it happens. `changed` is called when figures may have
 * changed: not more often than every few seconds, and with how many cases have news.
 */
export function useNews(changed: (cases: number) => void) {
    const news = shallowRef<CaseNews[]>([])
    const connected = ref(true)
    let stream: EventSource | undefined
    let waiting: ReturnType<typeof setTimeout> | undefined
    let retrying: ReturnType<typeof setTimeout> | undefined
    let fresh = new Set<string>()

    function tell() {
        waiting ??= setTimeout(() => {
            waiting = undefined
            changed(fresh.size)
            fresh = new Set()
        }, pause)
    }

    function heard(event: MessageEvent<string>) {
        const told = JSON.parse(event.data) as CaseNews
        news.value = [told, ...news.value].slice(0, kept)
        fresh.add(told.case_id)
        tell()
    }

    /** Follows the branch from the journal entry `seq` on; after an interruption the browser goes on where it was. */
    function follow(agency: string, seq: number) {
        stop()
        const query = new URLSearchParams({ agency, after: String(seq) })
        stream = new EventSource(`/api/v1/supervision/events?${query}`)
        stream.onopen = () => (connected.value = true)
        stream.onerror = () => lost(agency, seq)
        stream.addEventListener('case', heard)
        stream.addEventListener('reset', tell)
    }

    function lost(agency: string, seq: number) {
        connected.value = false
        if (stream?.readyState !== EventSource.CLOSED) return
        tell() // a session that is over shows in the answer
        retrying = setTimeout(() => follow(agency, news.value[0]?.seq ?? seq), again)
    }

    function stop() {
        stream?.close()
        clearTimeout(retrying)
        clearTimeout(waiting)
        waiting = undefined
    }

    onScopeDispose(stop)
    return { news, connected, follow, forget: () => (news.value = []) }
}
