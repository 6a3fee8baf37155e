import { answer, api, Refused } from '@/api/client'
import { session, type Account } from '@/session'

/** True when somebody is signed in, asking the service once after a reload. */
export async function ensureSession(): Promise<boolean> {
    if (session.account) return true
    try {
        session.begin((await answer(api.GET('/api/v1/session'))) as Account)
    } catch (error) {
        if (!(error instanceof Refused) || error.status !== 401) throw error
    }
    return session.account !== null
}
