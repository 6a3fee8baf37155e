import type { operations } from '@/api/schema'
import type { Shapes } from '@/api/shapes'

export type Body = operations['registerCase']['requestBody']['content']['application/json']
export type UnfinishedBody = operations['checkApplication']['requestBody']['content']['application/json']

/** What is typed at the counter. Every text is present, empty where nothing is typed, so that each field has a value. */
export interface RegistrationForm {
    channel: string
    received_on: string
    evidence: string
    id_exception: string
    applicant: Record<ApplicantText, string> & { kind: Shapes['ApplicantKind'] }
    agent: { name: string; id_number: string; phone: string } | null
    items: { title: string; document_number: string; description: string }[]
    provide_as: string
    obtain_by: string
    accept_other_form: boolean
    needs_assistance: boolean
    assistance_note: string
}

const contact = ['phone', 'address', 'postcode', 'email'] as const
const ofPerson = ['name', 'id_type', 'id_number', 'employer', ...contact] as const
const ofOrganisation = ['name', 'uscc', 'legal_representative', 'contact_name', ...contact] as const
type ApplicantText = (typeof ofPerson)[number] | (typeof ofOrganisation)[number]

export const isPerson = (form: RegistrationForm) => form.applicant.kind === 'natural_person'

export const emptyItem = () => ({ title: '', document_number: '', description: '' })
export const emptyAgent = () => ({ name: '', id_number: '', phone: '' })

export interface Arrival {
    channel: string
    received_on: string
    evidence: string
}

/** An empty form with the channel, day and evidence of the last one. */
export function emptyForm(arrival: Arrival): RegistrationForm {
    const texts = Object.fromEntries([...ofPerson, ...ofOrganisation].map((name) => [name, ''])) as Record<ApplicantText, string>
    return {
        ...arrival,
        id_exception: '',
        applicant: { ...texts, kind: 'natural_person', id_type: 'resident_id' },
        agent: null,
        items: [emptyItem()],
        provide_as: 'paper',
        obtain_by: 'post',
        accept_other_form: true,
        needs_assistance: false,
        assistance_note: '',
    }
}

/** Trims all texts and leaves out the empty ones. */
function dropEmpty<T>(value: T): T {
    if (Array.isArray(value)) return value.map(dropEmpty) as T
    if (value === null || typeof value !== 'object') return value
    const entries = Object.entries(value)
        .map(([name, member]) => [name, typeof member === 'string' ? member.trim() : dropEmpty(member)])
        .filter(([, member]) => member !== '' && member !== null)
    return Object.fromEntries(entries) as T
}

/** The form as the service takes it; of the applicant only what belongs to its kind. */
export function bodyOf(form: RegistrationForm, agency: string): Body {
    const names = isPerson(form) ? ofPerson : ofOrganisation
    const texts = Object.fromEntries(names.map((name) => [name, form.applicant[name]]))
    const { needs_assistance, assistance_note } = form
    return dropEmpty({
        ...form,
        agency,
        applicant: { kind: form.applicant.kind, ...texts },
        assistance_note: needs_assistance ? assistance_note : '',
    }) as unknown as Body
}
