import type { Shapes } from '@/api/shapes'

type Event = Shapes['TimelineEntry']

/** Whether the visible text of an event contains the words and, with `movedOnly`, the event moved the deadline. */
export function matches(event: Event, words: string, movedOnly: boolean): boolean {
    if (movedOnly && event.reply_due_before === event.reply_due_after) return false
    const seen = [event.action_label, event.by_name, event.role_label, event.to_label, event.document]
    const facts = event.facts.flatMap((fact) => [fact.label, fact.text])
    return [...seen, ...facts].some((text) => text?.includes(words.trim()))
}
