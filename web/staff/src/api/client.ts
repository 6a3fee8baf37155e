import createClient, { type Middleware } from 'openapi-fetch'
import { session } from '@/session'
import type { components, paths } from './schema'

/** The shapes of the service, by the names of its OpenAPI document. */
export type Shapes = components['schemas']
export type Problem = Shapes['Problem']

/** What the service refused, in its own words; `problem.detail` is a sentence for the user. */
export class Refused extends Error {
    constructor(
        readonly status: number,
        readonly problem: Problem,
    ) {
        super(problem.detail)
    }
}

const unreachable: Problem = {
    type: 'about:blank',
    title: '连接失败',
    status: 0,
    code: 'unreachable',
    detail: '连接不上服务器，您填写的内容还在。请检查网络后重试。',
}

const attached: Middleware = {
    onRequest({ request }) {
        if (request.method !== 'GET' && session.csrfToken) request.headers.set('X-CSRF-Token', session.csrfToken)
        return request
    },
    async onResponse({ response, request }) {
        if (response.ok) return
        const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json')
        const problem: Problem = isProblem
            ? await response.json()
            : { ...unreachable, status: response.status, detail: '服务器没有正常回答，请稍后重试。' }
        if (response.status === 401 && !request.url.endsWith('/session')) session.expired()
        throw new Refused(response.status, problem)
    },
    onError() {
        return new Refused(0, unreachable)
    },
}

/** The service, typed from its own description. Every answer that is not a success throws Refused. */
export const api = createClient<paths>({ baseUrl: '/' })
api.use(attached)

/** The body of an answer that has one: `await answer(api.GET('/api/v1/session'))`. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
    const { data } = await call
    return data as T
}
