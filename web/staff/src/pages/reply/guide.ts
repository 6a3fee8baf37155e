import type { Shapes } from '@/api/shapes'

export type Question = Shapes['GuideQuestion']
export type Answer = Shapes['GuideAnswer']

/** Where the answers so far have led: the next question, or the outcome. */
export interface Place {
    asked: { question: Question; answer: Answer }[]
    /** The next question; null at the end. */
    question: Question | null
    /** The outcome named last on the way. */
    outcome: { code: NonNullable<Answer['outcome']>; label: string; article: string | null } | null
    /** What is to be done instead of a reply. */
    instead: string | null
}

/** Follows the answers (indexes into the answers of each question) through the questions. */
export function follow(questions: Question[], answers: number[]): Place {
    const place: Place = { asked: [], question: questions[0] ?? null, outcome: null, instead: null }
    for (const number of answers) {
        const question = place.question
        const answer = question?.answers[number]
        if (!question || !answer) break
        place.asked.push({ question, answer })
        if (answer.outcome) place.outcome = { code: answer.outcome, label: answer.outcome_label ?? '', article: answer.article }
        place.instead = answer.action_label
        place.question = questions.find((each) => each.step === answer.next) ?? null
    }
    return place
}
