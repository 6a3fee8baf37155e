import { computed, shallowRef } from 'vue'
import { announce } from '@/announce'
import { newKey } from '@/api/idempotencyKey'
import type { FormObject } from '@/parts/schema/schema'

/**
 * The record of a list that is open in the drawer. A creation that got no answer is sent again under the same key, so
 * that it happens once.
 */
export function useRecord<Stored>(
    schemas: { create: object; put: object },
    calls: {
        create: (input: FormObject, key: string) => Promise<unknown>
        put: (stored: Stored, input: FormObject) => Promise<unknown>
        /** Reads again what the change may have altered. */
        saved: () => unknown
    },
) {
    /** `null`: a new record; undefined: none is open. */
    const edited = shallowRef<Stored | null>()
    const schema = computed(() => (edited.value ? schemas.put : schemas.create))
    let key = newKey()

    async function save(input: FormObject) {
        if (edited.value) {
            await calls.put(edited.value, input)
        } else {
            await calls.create(input, key)
            key = newKey()
        }
        announce('已保存')
        edited.value = undefined
        await calls.saved()
    }

    return { edited, schema, save }
}
