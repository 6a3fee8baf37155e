import { reactive } from 'vue'
import { answer, api } from '@/api/client'
import { session } from '@/api/session'

/** A filter of the work list under a name of one's own; `query` as it stands in the address. */
export interface SavedView {
    name: string
    query: string
}

const defaults = {
    /** Keyboard shortcuts of single letters. */
    shortcuts: true,
    /** The order last chosen for the work list. */
    sort: 'due',
    views: [] as SavedView[],
    /** How the last offline request came, taken over for the next. */
    registration: null as { channel: string; received_on: string; evidence: string } | null,
}

export type Preferences = typeof defaults

/** How the account likes to see things; kept by the service, so the same on every computer. */
export const preferences = reactive<Preferences>({ ...defaults })

let loadedFor: string | null = null

/** Once per account. Without an answer the defaults serve: no page waits in vain for its habits. */
export async function loadPreferences() {
    const account = session.account?.account ?? null
    if (account === loadedFor) return
    const kept = await answer(api.GET('/api/v1/session/preferences')).catch(() => ({}))
    Object.assign(preferences, structuredClone(defaults), kept)
    loadedFor = account
}

export async function keepPreferences(changes: Partial<Preferences>) {
    Object.assign(preferences, changes)
    await api.PUT('/api/v1/session/preferences', { body: { ...preferences } })
}
