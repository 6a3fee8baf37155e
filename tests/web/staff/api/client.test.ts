import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answer, api, Refused } from '@/api/client'
import { session, type Account } from '@/api/session'

const account = (token: string) => ({ account: 'a1', csrf_token: token, roles: [] }) as unknown as Account
const problem = (status: number, members: object, headers: object = {}) =>
    new Response(JSON.stringify({ status, ...members }), {
        status,
        headers: { 'Content-Type': 'application/problem+json', ...headers },
    })

let requests: { method: string; token: string | null; body: string }[] = []
let answers: Response[] = []

beforeEach(() => {
    requests = []
    session.begin(account('old'))
    vi.stubGlobal('fetch', async (request: Request) => {
        requests.push({ method: request.method, token: request.headers.get('X-CSRF-Token'), body: await request.text() })
        return answers.shift()
    })
})
afterEach(() => session.end())

const save = () => answer(api.PUT('/api/v1/session/preferences', { body: { sort: 'due' } }))

test('a request refused because the session ended is sent again once somebody has signed in', async () => {
    answers = [problem(401, { detail: '请先登录。' }), new Response(null, { status: 204 })]
    const saving = save()
    await vi.waitFor(() => expect(session.lapsed).toBe(true))
    session.begin(account('new'))
    await saving
    expect(requests).toEqual([
        { method: 'PUT', token: 'old', body: '{"sort":"due"}' },
        { method: 'PUT', token: 'new', body: '{"sort":"due"}' },
    ])
})

test('who goes away instead gets the refusal', async () => {
    answers = [problem(401, { detail: '请先登录。' })]
    const saving = save()
    await vi.waitFor(() => expect(session.lapsed).toBe(true))
    session.end()
    await expect(saving).rejects.toMatchObject({ status: 401, message: '请先登录。' })
    expect(requests).toHaveLength(1)
})

test('a wrong password is no ended session', async () => {
    answers = [problem(401, { detail: '用户名、密码或动态口令不正确。' })]
    const signingIn = api.POST('/api/v1/session', { body: { username: 'x', password: 'y' } })
    await expect(signingIn).rejects.toBeInstanceOf(Refused)
    expect(session.lapsed).toBe(false)
})

test('a refusal carries how long to wait; an answer that is no problem still says something', async () => {
    answers = [problem(429, { detail: '失败次数过多。' }, { 'Retry-After': '90' })]
    await expect(save()).rejects.toMatchObject({ retryAfter: 90 })
    answers = [new Response('<html>', { status: 502 })]
    await expect(save()).rejects.toMatchObject({ status: 502, message: '服务器没有正常回答，请稍后重试。' })
})
