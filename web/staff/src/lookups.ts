import { answer, api } from '@/api/client'
import type { Shapes } from '@/api/shapes'

export type Agency = Shapes['AgencyBranch']
export type Department = Shapes['Department']
export type Colleague = Shapes['StaffAccount']

/** Fetches once for each key and caches the answer until `forget()`. A failure is not cached: the next call tries again. */
function cacheByKey<T>(fetch: (key: string) => Promise<T>) {
    const answers = new Map<string, Promise<T>>()
    const ask = (key = ''): Promise<T> => {
        const found = answers.get(key) ?? fetch(key)
        answers.set(key, found)
        found.catch(() => answers.delete(key))
        return found
    }
    return Object.assign(ask, { forget: () => answers.clear() })
}

/** The tree as a list: each agency with its depth, followed by those below it. */
export function flattenBranches(branches: Agency[], depth = 0): (Agency & { depth: number })[] {
    return branches.flatMap((branch) => [{ ...branch, depth }, ...flattenBranches(branch.children, depth + 1)])
}

export const readAgencies = cacheByKey(async () => flattenBranches((await answer(api.GET('/api/v1/agencies'))).items))

export const readDepartments = cacheByKey(
    async (agency): Promise<Department[]> =>
        (await answer(api.GET('/api/v1/departments', { params: { query: { agency } } }))).items,
)

export const readColleagues = cacheByKey(
    async (agency): Promise<Colleague[]> =>
        (await answer(api.GET('/api/v1/staff', { params: { query: { agency } } }))).items,
)
