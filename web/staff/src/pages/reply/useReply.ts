import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { act, readPermissions } from '@/api/act'
import { Refused } from '@/api/client'
import { faultsOf } from '@/api/faults'
import type { Shapes } from '@/api/shapes'
import { inputOf, isEmpty, startOf, type FormObject, type FormSchema } from '@/parts/schema/schema'
import { useDraft } from '@/parts/useDraft'
import { waiversOf, type Waivers } from './checks'
import { listMissing } from './missing'
import { applyPrefill, offerMissing, type Offers } from './prefill'
import { useReview } from './useReview'

const stale = 412

/** A reply being written: its form, what the service finds in it, and its two steps, draft and submit. */
export function useReply(facts: Shapes['Case'], permission: Shapes['ActionPermission'], offers: Offers) {
    const schema = shallowRef(permission.fields as FormSchema)
    const work = reactive({ reply: startOf(schema.value) as FormObject, waivers: {} as Waivers })
    const version = ref(facts.version)
    const kept = useDraft(`case-${facts.id}-reply`, work)
    const input = () => inputOf(schema.value, work.reply) as FormObject
    const review = useReview(facts.id, () => input() as unknown as Shapes['ReplyDraft'])

    const missing = computed(() => listMissing(review.gaps.value, schema.value, work.reply))

    const items = () => (work.reply.items ?? []) as FormObject[]
    const outcomes = () => items().map((item) => item.outcome)
    watch(outcomes, (now, before) => {
        const of = (code: unknown) => offers.outcomes.find((each) => each.outcome === code)
        items().forEach((item, index) => {
            if (now[index] !== before[index]) applyPrefill(work.reply, item, of(before[index]), of(now[index]))
        })
    })

    // 条例第三十七条 and the order of 表三 give the outcome of the whole; whoever drafts may name another.
    watch(review.outcome, (proposed) => {
        if (proposed && isEmpty(work.reply.outcome)) work.reply.outcome = proposed
    })

    watch(review.gaps, (gaps) => offerMissing(work.reply, gaps, offers.whole))

    const error = shallowRef<Error | null>(null)
    const changed = shallowRef<Shapes['Case'] | null>(null)
    const busy = ref(false)

    async function attempt(steps: () => Promise<Shapes['Case']>): Promise<Shapes['Case'] | undefined> {
        busy.value = true
        error.value = null
        try {
            return await steps()
        } catch (caught) {
            const current = caught instanceof Refused && caught.status === stale ? caught.problem.current : undefined
            if (current) changed.value = current
            else error.value = caught as Error
            return undefined
        } finally {
            busy.value = false
        }
    }

    async function draft() {
        const drafted = await act(facts.id, version.value, 'draft_reply', input())
        version.value = drafted.version
        return drafted
    }

    /** Saves the draft of the reply with the case. */
    const save = () => attempt(draft)

    /** Saves the draft and submits it for approval. */
    const submit = () =>
        attempt(async () => {
            await draft()
            const waivers = waiversOf(review.checks.value, work.waivers)
            const submitted = await act(facts.id, version.value, 'submit_reply', { waivers })
            await kept.discard()
            return submitted
        })

    /** Continues with the case as somebody else has changed it; nothing typed is lost. */
    async function continueOnLatest() {
        version.value = changed.value!.version
        changed.value = null
        const now = (await readPermissions(facts.id)).actions.find((each) => each.action === permission.action)
        if (now?.allowed) schema.value = now.fields as FormSchema
        else error.value = new Error(now?.reason ?? '这件申请现在不能再拟写答复。')
    }

    return { schema, work, kept, review, missing, input, error, faults: computed(() => faultsOf(error.value)), changed, busy, save, submit, continueOnLatest }
}
