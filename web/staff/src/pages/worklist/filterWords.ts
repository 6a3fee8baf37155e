import { caseFilters, CardLevel, Channel, Outcome, Stage, State } from '@/api/words'
import { withWeekday, shiftDays } from '@/format'
import { readAgencies, readColleagues, readDepartments } from '@/lookups'
import { parseText, type ListQuery } from './listQuery'

/** A condition of the filter, shown in words and removable. */
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

/** The label of each parameter and, where its values are codes, how to find their words. */
const shown: Record<string, { label: string; value: (value: string) => Promise<string> }> = {
    q: { label: '包含', value: async (text) => `“${text}”` },
    state: { label: '状态', value: among(State) },
    stage: { label: '阶段', value: among(Stage) },
    channel: { label: '渠道', value: among(Channel) },
    outcome: { label: '办理结果', value: among(Outcome) },
    card: { label: '红黄牌', value: among(CardLevel) },
    agency: { label: '机关', value: async (code) => (await readAgencies()).find((each) => each.code === code)?.name ?? code },
    department: { label: '部门', value: async (code) => (await readDepartments()).find((each) => each.code === code)?.name ?? code },
    assignee: { label: '承办人', value: async (id) => (await readColleagues()).find((each) => each.id === id)?.name ?? id },
    contact_unchecked: { label: '联系方式', value: async (value) => checkedOrNot.find((each) => each.value === value)?.label ?? value },
    due_after: { label: '到期日自', value: async (date) => withWeekday(shiftDays(date, 1)) },
    due_before: { label: '到期日至', value: async (date) => withWeekday(shiftDays(date, -1)) },
}

/** The label of a condition that this page has no field for: links of other pages set it, the service describes it. */
const meaningOf = (name: string) => caseFilters.find((filter) => filter.name === name)?.label ?? name
const isSwitch = (value: string) => value === '1' || value === 'true'

async function textOf(name: string, value: string): Promise<string> {
    const known = shown[name]
    if (known) return `${known.label}：${await known.value(value)}`
    const meaning = meaningOf(name).replace(/^1[:：]/, '')
    return isSwitch(value) ? meaning : `${meaning}：${value}`
}

/** The conditions of the filter other than those of the tab. The order of the rows is not a condition. */
export function conditions(filter: ListQuery, tabQuery: string): Promise<Condition[]> {
    const ofTab = parseText(tabQuery)
    const names = Object.keys(filter).filter((name) => name !== 'sort' && !(name in ofTab))
    return Promise.all(names.map(async (name) => ({ name, text: await textOf(name, filter[name]!) })))
}
