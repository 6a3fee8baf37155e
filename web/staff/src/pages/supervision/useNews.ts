import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Shapes } from '@/api/shapes'

export type CaseNews = Shapes['CaseNews']

const longest = 20 // pieces of news shown
const pause = 4000 // milliseconds between two calls of `changed`, however much happens
const retryDelay = 10000 // milliseconds until a stream that was refused is tried once more

/**
 * What happens to the cases of an agency and those below it, sent by the service as it happens. `changed` is called
 * when figures may have changed, at most once every few seconds, with the number of cases that have news.
 */
export function useNews(changed: (cases: number) => void) {
    const news = shallowRef<CaseNews[]>([])
    const connected = ref(true)
    let stream: EventSource | undefined
    let waiting: ReturnType<typeof setTimeout> | undefined
    let retrying: ReturnType<typeof setTimeout> | undefined
    let fresh = new Set<string>()

    function reportChange() {
        waiting ??= setTimeout(() => {
            waiting = undefined
            changed(fresh.size)
            fresh = new Set()
        }, pause)
    }

    function receive(event: MessageEvent<string>) {
        const received = JSON.parse(event.data) as CaseNews
        news.value = [received, ...news.value].slice(0, longest)
        fresh.add(received.case_id)
        reportChange()
    }

    /** Follows the agency from the journal entry `seq` on; the browser itself continues after an interruption. */
    function follow(agency: string, seq: number) {
        stop()
        const query = new URLSearchParams({ agency, after: String(seq) })
        stream = new EventSource(`/api/v1/supervision/events?${query}`)
        stream.onopen = () => (connected.value = true)
        stream.onerror = () => handleError(agency, seq)
        stream.addEventListener('case', receive)
        stream.addEventListener('reset', reportChange)
    }

    function handleError(agency: string, seq: number) {
        connected.value = false
        if (stream?.readyState !== EventSource.CLOSED) return
        reportChange() // an ended session is noticed when the figures are read
        retrying = setTimeout(() => follow(agency, news.value[0]?.seq ?? seq), retryDelay)
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
