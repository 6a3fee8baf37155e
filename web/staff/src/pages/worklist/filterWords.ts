import { caseFilters, CardLevel, Channel, Outcome, Stage, State } from '@/api/words'
import { withWeekday, shiftDays } from '@/format'
import { agencies, colleagues, departments } from '@/lookups'
import { parseText, type ListQuery } from './listQuery'

/** A condition of the filter that people see and can take away. */
export interface Condition {
    name: string
    text: string
}

interface Coded {
    readonly code: string
    readonly label: string
}

const among = (words: readonly Coded[]) => async (codes: string) =>
    codes.split(',').map((code) => words.find((word) => word.code === code)?.label ?? code).join('、')

/** Whether somebody has checked the contact of the applicant. */
export const checkedOrNot = [
    { value: 'true', label: '待核验' },
    { value: 'false', label: '其他' },
]

/** What a value is called, where it is a code. */
const shown: Record<string, { label: string; value: (value: string) => Promise<string> }> = {
    q: { label: '包含', value: async (text) => `“${text}”` },
    state: { label: '状态', value: among(State) },
    stage: { label: '阶段', value: among(Stage) },
    channel: { label: '渠道', value: among(Channel) },
    outcome: { label: '办理结果', value: among(Outcome) },
    card: { label: '红黄牌', value: among(CardLevel) },
    agency: { label: '机关', value: async (code) => (await agencies()).find((each) => each.code === code)?.name ?? code },
    department: { label: '部门', value: async (code) => (await departments()).find((each) => each.code === code)?.name ?? code },
    assignee: { label: '承办人', value: async (id) => (await colleagues()).find((each) => each.id === id)?.name ?? id },
    contact_unchecked: { label: '联系方式', value: async (value) => checkedOrNot.find((each) => each.value === value)?.label ?? value },
    due_after: { label: '到期日自', value: async (date) => withWeekday(shiftDays(date, 1)) },
    due_before: { label: '到期日至', value: async (date) => withWeekday(shiftDays(date, -1)) },
}

/** Conditions this page has no field for come from links of other pages; the service says what they mean. */
const meaningOf = (name: string) => caseFilters.find((filter) => filter.name === name)?.label ?? name
const isSwitch = (value: string) => value === '1' || value === 'true'

async function textOf(name: string, value: string): Promise<string> {
    const known = shown[name]
    if (known) return `${known.label}：${await known.value(value)}`
    const meaning = meaningOf(name).replace(/^1[:：]/, '')
    return isSwitch(value) ? meaning : `${meaning}：${value}`
}

/** The conditions beside those of the tab; the order of the rows is none. */
export function conditions(filter: ListQuery, tabQuery: string): Promise<Condition[]> {
    const ofTab = parseText(tabQuery)
    const names = Object.keys(filter).filter((name) => name !== 'sort' && !(name in ofTab))
    return Promise.all(names.map(async (name) => ({ name, text: await textOf(name, filter[name]!) })))
}
