import { answer, api } from './client'
import type { paths } from './schema'
import type { Shapes } from './shapes'

export type Action = Shapes['Action']
type Path = paths['/api/v1/cases/{id}/actions/{action}']['post']['parameters']['path']

/** Does an action on the case as it was at `version`; the service refuses when somebody has changed it since. */
export function act(id: string, version: number, action: Action, fields: Record<string, unknown> = {}) {
    const path = { id, action } as Path // the service refuses what is not for staff
    const params = { path, header: { 'If-Match': `"${version}"` } }
    return answer(api.POST('/api/v1/cases/{id}/actions/{action}', { params, body: fields }))
}

/** What may be done with the case now, and why not the rest. */
export function readPermissions(id: string): Promise<Shapes['CaseActions']> {
    return answer(api.GET('/api/v1/cases/{id}/actions', { params: { path: { id } } }))
}
