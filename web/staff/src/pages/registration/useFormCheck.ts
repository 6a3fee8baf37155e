import { computed, reactive, ref, watch } from 'vue'
import { answer, api } from '@/api/client'
import type { Faults } from '@/api/faults'
import { debounce } from '@/parts/debounce'
import { useAsync } from '@/parts/useAsync'
import type { UnfinishedBody } from './form'

/**
 * The form held against the rules of the service while it is typed. A fault is shown once its field has been left, or
 * when somebody tries to save; the deadline follows the day of receipt.
 */
export function useFormCheck(body: () => unknown) {
    const { run, data } = useAsync(async (checked: UnfinishedBody) =>
        answer(api.POST('/api/v1/applications/check', { body: checked })),
    )
    const left = reactive(new Set<string>())
    const pressed = ref(false)
    const refused = ref<Faults>(new Map())

    const all = computed(() => new Map([...(data.value?.errors ?? []).map((each) => [each.pointer, each.detail] as const), ...refused.value]))
    const faults = computed<Faults>(() => new Map([...all.value].filter(([pointer]) => pressed.value || left.has(pointer))))

    const check = () => run(body() as UnfinishedBody)
    watch(
        body,
        debounce(400, () => {
            refused.value = new Map()
            void check()
        }),
        { immediate: true },
    )

    return {
        checked: data,
        faults,
        /** Faults of fields that are not shown yet, too. */
        all,
        leave: (pointer: string) => left.add(pointer),
        press: () => (pressed.value = true),
        refuse: (errors: Faults) => (refused.value = errors),
        begin() {
            left.clear()
            pressed.value = false
            refused.value = new Map()
        },
    }
}
