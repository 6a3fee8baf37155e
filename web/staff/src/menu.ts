import {
    Calendar, ChatDotRound, Connection, DataLine, Document, EditPen, Files, Histogram, Lock, Message, Notebook, OfficeBuilding, PieChart,
    Reading, ScaleToOriginal, Setting, Tickets, Upload, User, Warning,
} from '@element-plus/icons-vue'
import type { Component } from 'vue'
import type { Shapes } from '@/api/shapes'

/** One entry of the left menu, and who sees it. The service decides again on every request. */
export interface MenuEntry {
    path: string
    title: string
    icon: Component
    roles: Shapes['Role'][]
}

const caseRoles: MenuEntry['roles'] = [
    'registrar', 'reviewer', 'handler', 'department_head', 'secrecy_reviewer', 'legal_reviewer', 'office_head', 'supervisor',
]

export const menu: MenuEntry[] = [
    { path: '/cases', title: '申请件', icon: Tickets, roles: caseRoles },
    { path: '/registration', title: '线下登记', icon: EditPen, roles: ['registrar'] },
    { path: '/deliveries', title: '送达任务', icon: Message, roles: ['registrar', 'office_head', 'system_admin'] },
    { path: '/supervision', title: '监督总览', icon: DataLine, roles: ['supervisor', 'office_head'] },
    { path: '/ratings', title: '好差评', icon: ChatDotRound, roles: caseRoles },
    { path: '/matters', title: '复议诉讼和建议', icon: ScaleToOriginal, roles: caseRoles },
    { path: '/reports/annual', title: '年度报告', icon: PieChart, roles: ['supervisor', 'office_head', 'registrar'] },
    { path: '/reports/quarterly', title: '季度通报', icon: Histogram, roles: ['supervisor', 'office_head', 'registrar'] },
    { path: '/imports', title: '导入台账', icon: Upload, roles: ['registrar', 'supervisor'] },
    { path: '/cards', title: '红黄牌', icon: Warning, roles: ['supervisor', 'office_head', 'department_head', 'handler'] },
    { path: '/publications', title: '已公开信息', icon: Reading, roles: ['registrar', 'office_head'] },
    { path: '/agencies', title: '机关', icon: OfficeBuilding, roles: ['system_admin'] },
    { path: '/departments', title: '内设机构', icon: Connection, roles: ['system_admin'] },
    { path: '/staff', title: '账号', icon: User, roles: ['system_admin', 'security_admin'] },
    { path: '/calendar', title: '工作日历', icon: Calendar, roles: ['system_admin', 'registrar', 'handler', 'office_head', 'supervisor'] },
    { path: '/letters', title: '文书模板', icon: Document, roles: ['system_admin', 'office_head', 'legal_reviewer'] },
    { path: '/settings', title: '设置', icon: Setting, roles: ['system_admin', 'security_admin', 'office_head'] },
    { path: '/incidents', title: '隔离的文件', icon: Lock, roles: ['security_admin', 'secrecy_reviewer'] },
    { path: '/retention', title: '到期案卷', icon: Files, roles: ['security_admin', 'auditor'] },
    { path: '/journal', title: '审计日志', icon: Notebook, roles: ['auditor'] },
]
