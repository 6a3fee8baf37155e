import { reactive } from 'vue'
import { answer, api } from '@/api/client'
import { session } from '@/api/session'

/** A filter of the work list saved under a name; `query` is that of the address. */
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
    /** How the last offline request arrived; the next form starts with it. */
    registration: null as { channel: string; received_on: string; evidence: string } | null,
}

export type Preferences = typeof defaults

/** The preferences of the account, stored by the service and so the same on every computer. */
export const preferences = reactive<Preferences>({ ...defaults })

let loadedFor: string | null = null

/** Loads the preferences once per account. If that fails, the defaults are used and no page has to wait. */
export async function loadPreferences() {
    const account = session.account?.account ?? null
    if (account === loadedFor) return
    const kept = await answer(api.GET('/api/v1/session/preferences')).catch(() => ({}))
    Object.assign(preferences, structuredClone(defaults), kept)
    loadedFor = account
}

export async function savePreferences(changes: Partial<Preferences>) {
    Object.assign(preferences, changes)
    await api.PUT('/api/v1/session/preferences', { body: { ...preferences } })
}
