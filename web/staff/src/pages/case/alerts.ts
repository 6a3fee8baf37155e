import type { Shapes } from '@/api/shapes'
import { withWeekday } from '@/format'
import { looks } from '@/pages/cards/cards'
import { returnedBy } from '@/pages/reply/returned'
import type { Alert } from '@/parts/alert'

const soon = 3 // working days

function onTheClock(clock: NonNullable<Shapes['Case']['clock']>, concluded: boolean): Alert[] {
    const found: Alert[] = []
    const due = `答复期限是 ${withWeekday(clock.reply_due)}。`
    if (clock.overdue_workdays > 0) {
        const title = concluded ? '办结时已超期' : '已超期'
        found.push({ tone: 'danger', title: `${title} ${clock.overdue_workdays} 个工作日`, text: due })
    } else if (!concluded && clock.reply_due && clock.remaining_workdays <= soon) {
        found.push({ tone: 'warning', title: `还剩 ${clock.remaining_workdays} 个工作日`, text: due })
    }
    if (clock.shadow) {
        const text = `确认之前，期限先从提交之日 ${withWeekday(clock.submitted_on)} 起算。`
        found.push({ tone: 'warning', title: '还没有确认收到', text })
    }
    if (clock.provisional && !concluded) {
        found.push({ tone: 'warning', title: '期限是暂定的', text: '期限跨入放假安排尚未公布的年份，公布后会重新计算。' })
    }
    return found
}

/** The most pressing first. */
export function alertsOf(facts: Shapes['Case']): Alert[] {
    const alerts = facts.clock ? onTheClock(facts.clock, facts.concluded_on !== null) : []
    const back = facts.returned ? facts.returns.at(-1) : undefined
    if (back) alerts.push({ tone: 'warning', title: '答复退回修改', text: `${returnedBy(back.by_name, back.step_label, back.on)}。理由：${back.reason}` })
    for (const card of facts.cards.filter((each) => each.state === 'open')) {
        const text = `${card.cause_label}，${withWeekday(card.on)} 发出。`
        alerts.push({ tone: looks[card.level].tone, title: card.level_label, text, link: { to: `/cards/${card.file}`, label: '看档案' } })
    }
    for (const reminder of facts.urgings.filter((each) => !each.received_on)) {
        const limit = reminder.due ? `，完成期限 ${withWeekday(reminder.due)}` : ''
        alerts.push({ tone: 'warning', title: `${reminder.action_label}待签收`, text: `${reminder.text}（${reminder.by_name ?? ''}${limit}）` })
    }
    if (facts.contact_unchecked) {
        const text = '同一来源当天提交的申请较多：核验以前不收申请人的材料，不给申请人发邮件和短信，期限照算。确认收到或者办理其他任何一步，即视为核对过。'
        alerts.push({ tone: 'warning', title: '联系方式待核验', text })
    }
    if (facts.clock?.paused) {
        const names = facts.consultations.filter((each) => each.open).map((each) => each.addressee)
        alerts.push({ tone: 'primary', title: '征求意见中，期限暂停计算', text: `等待${names.join('、')}回复。` })
    }
    if (facts.proposed_extension) {
        const { days, by_name, reason } = facts.proposed_extension
        alerts.push({ tone: 'primary', title: '延期申请等待批准', text: `${by_name ?? ''}申请延长 ${days} 个工作日：${reason}` })
    }
    if (facts.rejection && !facts.concluded_on) {
        const { ground_label, double_of, by_name, reason } = facts.rejection
        const remaining = double_of ? `，保留 ${double_of}` : ''
        alerts.push({ tone: 'warning', title: '不予登记等待另一人核对', text: `${by_name ?? ''}提出：${ground_label}${remaining}。${reason}` })
    }
    if (facts.missing_evidence.length > 0) {
        const text = facts.missing_evidence.map((each) => each.detail).join('')
        alerts.push({ tone: 'warning', title: '拟写的答复还不能提交审批', text })
    }
    for (const dispute of facts.disputes.filter((each) => !each.end)) {
        alerts.push({ tone: 'warning', title: `${dispute.kind_label}进行中`, text: `${dispute.authority} ${dispute.reference}` })
    }
    if (facts.origin) {
        alerts.push({ tone: 'primary', title: '重新答复', text: `原申请件 ${facts.origin.number} 的答复没有得到维持，见“后续”。` })
    }
    for (const { order } of facts.disputes.filter((each) => each.order)) {
        alerts.push({ tone: 'primary', title: '已责令重新答复', text: `期限 ${withWeekday(order!.due)}，另立申请件办理，见“后续”。` })
    }
    for (const { kind_label, next } of facts.open_matters) {
        if (!next) continue
        const late = next.overdue_workdays > 0
        const left = late ? `已超过 ${next.overdue_workdays} 个工作日` : `还剩 ${next.remaining_workdays} 个工作日`
        const text = `最晚 ${withWeekday(next.due)}，${left}（${next.basis}）。`
        alerts.push({ tone: late ? 'danger' : 'warning', title: `${kind_label}：${next.action_label}`, text })
    }
    if (facts.application.needs_assistance) {
        alerts.push({ tone: 'primary', title: '申请人需要协助', text: facts.application.assistance_note ?? undefined })
    }
    return alerts
}
