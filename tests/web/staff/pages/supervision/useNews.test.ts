import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useNews } from '@/pages/supervision/useNews'

/** What a browser's EventSource does, by hand. */
class Stream extends EventTarget {
    static readonly CLOSED = 2
    static readonly opened: Stream[] = []
    readyState = 1
    onopen?: () => void
    onerror?: () => void
    constructor(readonly url: string) {
        super()
        Stream.opened.push(this)
    }
    close() {
        this.readyState = Stream.CLOSED
    }
    tell(seq: number, caseId: string) {
        this.dispatchEvent(new MessageEvent('case', { data: JSON.stringify({ seq, case_id: caseId }) }))
    }
}

beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('EventSource', Stream)
    Stream.opened.length = 0
})
afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
})

function watching() {
    const changed = vi.fn()
    const scope = effectScope()
    const news = scope.run(() => useNews(changed))!
    news.follow('430500-01', 7)
    return { ...news, changed, scope, stream: () => Stream.opened.at(-1)! }
}

test('goes on from the entry the figures were read at', () => {
    expect(watching().stream().url).toBe('/api/v1/supervision/events?agency=430500-01&after=7')
})

test('shows at once what happens, and asks for new figures at most every few seconds', () => {
    const { news, changed, stream } = watching()
    stream().tell(8, 'a')
    stream().tell(9, 'a')
    stream().tell(10, 'b')
    expect(news.value.map(({ seq }) => seq)).toEqual([10, 9, 8])
    expect(changed).not.toHaveBeenCalled()
    vi.advanceTimersByTime(5000)
    expect(changed).toHaveBeenCalledExactlyOnceWith(2)
    vi.advanceTimersByTime(60000)
    expect(changed).toHaveBeenCalledTimes(1)
})

test('a reset asks for new figures', () => {
    const { changed, stream } = watching()
    stream().dispatchEvent(new MessageEvent('reset', { data: '{}' }))
    vi.advanceTimersByTime(5000)
    expect(changed).toHaveBeenCalledExactlyOnceWith(0)
})

test('an interrupted stream shows; one that was refused is opened again after the last entry seen', () => {
    const { connected, stream } = watching()
    stream().tell(12, 'a')
    stream().onerror!()
    expect(connected.value).toBe(false)
    expect(Stream.opened).toHaveLength(1) // the browser itself connects again
    stream().onopen!()
    expect(connected.value).toBe(true)
    stream().close()
    stream().onerror!()
    vi.advanceTimersByTime(10000)
    expect(Stream.opened).toHaveLength(2)
    expect(stream().url).toContain('after=12')
})

test('ends with the page', () => {
    const { changed, scope, stream } = watching()
    stream().tell(8, 'a')
    scope.stop()
    expect(stream().readyState).toBe(Stream.CLOSED)
    vi.advanceTimersByTime(60000)
    expect(changed).not.toHaveBeenCalled()
})
