import { computed, reactive, ref, shallowRef } from 'vue'
import { act, readPermissions } from '@/api/act'
import { Refused } from '@/api/client'
import { faultsOf } from '@/api/faults'
import type { Shapes } from '@/api/shapes'
import { inputOf, startOf, type FormObject, type FormSchema } from '@/parts/schema/schema'
import { readEvents } from './useCaseFile'

const stale = 412

/** What others did while a form was being filled in. */
export interface Conflict {
    current: Shapes['Case']
    events: Shapes['TimelineEntry'][]
    /** Why the action can no longer be done; null where it still can. */
    reason: string | null
}

/**
 * One action on a case, from its form to the answer. If others have changed the case meanwhile, the submission becomes a
 * conflict, and nothing typed is lost.
 */
export function useAction(facts: Shapes['Case'], permission: Shapes['ActionPermission']) {
    const schema = shallowRef(permission.fields as FormSchema)
    const value = reactive(startOf(schema.value) as FormObject)
    const version = ref(facts.version)
    const error = shallowRef<Error | null>(null)
    const conflict = shallowRef<Conflict | null>(null)
    const busy = ref(false)
    const faults = computed(() => faultsOf(error.value))

    async function findConflict(current: Shapes['Case']) {
        const [events, menu] = await Promise.all([readEvents(facts.id), readPermissions(facts.id)])
        const now = menu.actions.find((each) => each.action === permission.action)
        if (now?.allowed) schema.value = now.fields as FormSchema
        conflict.value = {
            current,
            events: events.filter((event) => event.version > version.value),
            reason: now?.allowed ? null : (now?.reason ?? '这件申请现在不能再办理这一步。'),
        }
    }

    /** Returns the case after the action, or nothing when it was refused. */
    async function submit(): Promise<Shapes['Case'] | undefined> {
        busy.value = true
        error.value = null
        try {
            return await act(facts.id, version.value, permission.action, inputOf(schema.value, value) as FormObject)
        } catch (caught) {
            const current = caught instanceof Refused && caught.status === stale ? caught.problem.current : undefined
            if (current) await findConflict(current)
            else error.value = caught as Error
            return undefined
        } finally {
            busy.value = false
        }
    }

    /** Submits the form again, for the case as it is now. */
    function resubmit() {
        version.value = conflict.value!.current.version
        conflict.value = null
        return submit()
    }

    return { schema, value, error, faults, conflict, busy, submit, resubmit }
}
