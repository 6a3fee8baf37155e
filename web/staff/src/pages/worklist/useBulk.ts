import { computed, reactive, ref } from 'vue'
import { act, readPermissions, type Action } from '@/api/act'
import type { Shapes } from '@/api/shapes'
import type { CaseRow } from './listContext'

/** One case on its way through an action done to many. */
export interface BulkEntry {
    row: CaseRow
    stand: 'checking' | 'ready' | 'refused' | 'running' | 'done'
    /** Why it is refused, in the words of the service. */
    reason: string
}

/**
 * One action on many cases, one request each. First the service is asked which of them allow it; then it is done to
 * those, each at the version that was on the screen.
 */
export function useBulk(action: Action, rows: readonly CaseRow[]) {
    const entries = reactive<BulkEntry[]>(rows.map((row) => ({ row, stand: 'checking', reason: '' })))
    const permission = ref<Shapes['ActionPermission']>()
    const started = ref(false)

    const count = (stand: BulkEntry['stand']) => entries.filter((entry) => entry.stand === stand).length
    const checked = computed(() => count('checking') === 0)
    const ready = computed(() => count('ready'))
    const done = computed(() => count('done'))
    const refused = computed(() => count('refused'))
    const finished = computed(() => started.value && count('ready') + count('running') === 0)

    function refuse(entry: BulkEntry, reason: string) {
        entry.stand = 'refused'
        entry.reason = reason
    }

    async function check() {
        for (const entry of entries) {
            try {
                const found = (await readPermissions(entry.row.id)).actions.find((each) => each.action === action)
                permission.value ??= found
                if (found?.allowed) entry.stand = 'ready'
                else refuse(entry, found?.reason ?? '现在不能办理。')
            } catch (error) {
                refuse(entry, (error as Error).message)
            }
        }
    }

    async function run(fields: Record<string, unknown>) {
        started.value = true
        for (const entry of entries.filter((each) => each.stand === 'ready')) {
            entry.stand = 'running'
            try {
                await act(entry.row.id, entry.row.version, action, fields)
                entry.stand = 'done'
            } catch (error) {
                refuse(entry, (error as Error).message)
            }
        }
    }

    return { entries, permission, started, checked, ready, done, refused, finished, check, run }
}
