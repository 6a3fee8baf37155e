import { answer, api } from '@/api/client'
import type { Shapes } from '@/api/shapes'
import type { RegistrationForm } from './form'

/** What of a form tells whom and what it is about; the same text means that nothing has changed. */
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

/** Nothing while there is nothing to go by. */
export async function findSimilarRequests(marks: ReturnType<typeof marksOf>): Promise<Shapes['Likeness'] | null> {
    if (!Object.values(marks).some(Boolean)) return null
    return answer(api.POST('/api/v1/likeness', { body: marks }))
}
