import { answer, api } from '@/api/client'
import type { Shapes } from '@/api/shapes'
import type { RegistrationForm } from './form'

/** Those parts of the form that the search compares: who asks, and for what. */
export function marksOf({ applicant, items }: Pick<RegistrationForm, 'applicant' | 'items'>) {
    const all = (part: 'title' | 'description') => items.map((item) => item[part].trim()).filter(Boolean).join('\n')
    return {
        name: applicant.name.trim(),
        id_number: applicant.id_number.trim(),
        uscc: applicant.uscc.trim(),
        phone: applicant.phone.trim(),
        title: all('title').slice(0, 200),
        description: all('description').slice(0, 4000),
    }
}

/** Searches for similar requests; null when nothing has been typed that could be compared. */
export async function findSimilarRequests(marks: ReturnType<typeof marksOf>): Promise<Shapes['Likeness'] | null> {
    if (!Object.values(marks).some(Boolean)) return null
    return answer(api.POST('/api/v1/likeness', { body: marks }))
}
