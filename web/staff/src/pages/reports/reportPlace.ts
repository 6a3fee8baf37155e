import { computed } from 'vue'
import { session } from '@/api/session'
import { today } from '@/format'
import { useQuery } from '@/parts/useQuery'

/** Which agency and year a report is about, as the address says it; else one's own and this year. */
export function useReportPlace() {
    const askedAgency = useQuery('agency')
    const askedYear = useQuery('year')
    const thisYear = Number(today().slice(0, 4))
    const agency = computed({
        get: () => askedAgency.value || (session.account?.agency ?? ''),
        set: (code) => (askedAgency.value = code === session.account?.agency ? '' : code),
    })
    const year = computed({
        get: () => Number(askedYear.value) || thisYear,
        set: (number) => (askedYear.value = number === thisYear ? '' : String(number)),
    })
    const years = Array.from({ length: 8 }, (_, back) => thisYear - back)
    return { agency, year, years }
}
