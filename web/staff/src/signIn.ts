import { answer, api, Refused } from '@/api/client'
import { session } from '@/api/session'
import type { Problem } from '@/api/shapes'
import { solve } from '../../proof_of_work.js'

const key = 'signed-in' // in localStorage; if it is missing, no session is asked for

/** Whether somebody is signed in; after a reload the service is asked. */
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

/** The proof of work that the service demands first, if that is why it refused. */
function workAskedBy(error: unknown): Required<Pick<Problem, 'challenge' | 'difficulty'>> | undefined {
    if (!(error instanceof Refused) || error.problem.code !== 'proof_of_work_required') return undefined
    const { challenge, difficulty } = error.problem
    return challenge && difficulty ? { challenge, difficulty } : undefined
}

/** Signs in. `totp` is empty for accounts without a second factor; `working` is called if a proof of work is needed. */
export async function signIn(username: string, password: string, totp: string, working = () => {}) {
    const given = { username, password, totp: totp || null }
    const send = (proof_of_work: { challenge: string; solution: string } | null) =>
        answer(api.POST('/api/v1/session', { body: { ...given, proof_of_work } }))
    const account = await send(null).catch(async (error: unknown) => {
        const asked = workAskedBy(error)
        if (!asked) throw error
        working()
        return send({ challenge: asked.challenge, solution: await solve(asked.challenge, asked.difficulty) })
    })
    session.begin(account)
    localStorage.setItem(key, 'yes')
}

/** The address to open after signing in: `next` if it is one of this application, else the start page. */
export function localPath(next: unknown): string {
    const fits = typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/login')
    return fits ? next : '/'
}
