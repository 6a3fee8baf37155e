import { reviewReply } from '@/api/forms'
import type { Shapes } from '@/api/shapes'
import { linesOf } from '@/parts/schema/lines'
import type { FormObject, FormSchema } from '@/parts/schema/schema'

type Event = Shapes['TimelineEntry']

export interface Change {
    name: string
    label: string
    before: string
    after: string
}

/** What differs between two drafts of a reply, in the order of its form. */
function compare(before: FormObject, after: FormObject): Change[] {
    const [old, now] = [before, after].map((draft) => linesOf(reviewReply as unknown as FormSchema, draft))
    const all = new Map([...old!, ...now!].map((line) => [line.name, line.label]))
    const textIn = (lines: typeof old, name: string) => lines!.find((line) => line.name === name)?.text ?? ''
    return [...all]
        .map(([name, label]) => ({ name, label, before: textIn(old, name), after: textIn(now, name) }))
        .filter((each) => each.before !== each.after)
}

/** What was changed in the reply since it was last sent back; null where it never was. `events`: the newest first. */
export function changesSinceReturn(events: readonly Event[]): Change[] | null {
    const returned = events.findIndex((each) => each.action === 'return_reply')
    if (returned < 0) return null
    const draftIn = (some: readonly Event[]) => some.find((each) => each.action === 'draft_reply')?.data as FormObject | undefined
    const [before, now] = [draftIn(events.slice(returned)), draftIn(events)]
    return before && now ? compare(before, now) : null
}
