import { answer, api, Refused } from '@/api/client'
import { session } from '@/session'

const key = 'signed-in' // kept by this browser: without it there is no session to ask for

/** True when somebody is signed in, asking the service once after a reload. */
export async function ensureSession(): Promise<boolean> {
    if (session.account) return true
    if (!localStorage.getItem(key)) return false
    try {
        const found = await answer(api.GET('/api/v1/session'))
        if (found.kind === 'staff') session.begin(found)
    } catch (error) {
        if (!(error instanceof Refused) || error.status !== 401) throw error
        localStorage.removeItem(key)
    }
    return session.account !== null
}

/** Empty `totp`: none is asked of this account. */
export async function signIn(username: string, password: string, totp: string) {
    session.begin(await answer(api.POST('/api/v1/session', { body: { username, password, totp: totp || null } })))
    localStorage.setItem(key, 'yes')
}

/** Where to go after signing in: only an address of this application, never one of another host. */
export function localPath(next: unknown): string {
    const fits = typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/login')
    return fits ? next : '/'
}
