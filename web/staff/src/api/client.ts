import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './schema'
import { session } from './session'
import type { Problem } from './shapes'

/** What the service refused, in its own words; `problem.detail` is a sentence for the user. */
export class Refused extends Error {
    constructor(
        readonly status: number,
        readonly problem: Problem,
        /** Seconds to wait before another try, where the service says so. */
        readonly retryAfter?: number,
    ) {
        super(problem.detail)
    }
}

export const unreachable: Problem = {
    type: 'about:blank',
    title: '连接失败',
    status: 0,
    code: 'unreachable',
    detail: '连接不上服务器，您填写的内容还在。请检查网络后重试。',
}

const isSession = (request: Request) => request.url.endsWith('/api/v1/session')

/** Sends a request with the CSRF token of the session. If the session has ended, sends it again after the next sign-in. */
async function send(request: Request): Promise<Response> {
    const copy = request.clone()
    if (request.method !== 'GET' && session.csrfToken) request.headers.set('X-CSRF-Token', session.csrfToken)
    const response = await fetch(request)
    const ended = response.status === 401 && session.account !== null && !isSession(request)
    return ended && (await session.awaitRenewal()) ? send(copy) : response
}

/** Makes the error to throw from an answer that is not a success. */
export async function readRefusal(response: Response): Promise<Refused> {
    const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json')
    const problem: Problem = isProblem
        ? await response.json()
        : { ...unreachable, status: response.status, detail: '服务器没有正常回答，请稍后重试。' }
    const wait = Number(response.headers.get('Retry-After'))
    return new Refused(response.status, problem, wait > 0 ? wait : undefined)
}

const throwing: Middleware = {
    async onResponse({ response }) {
        if (!response.ok) throw await readRefusal(response)
    },
    onError() {
        return new Refused(0, unreachable)
    },
}

/** The service, typed from its own description. Every answer that is not a success throws Refused. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send })
api.use(throwing)

/** The body of an answer that has one: `await answer(api.GET('/api/v1/session'))`. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
    const { data } = await call
    return data as T
}
