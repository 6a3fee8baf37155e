import {
    Calendar, Connection, DataLine, EditPen, Notebook, OfficeBuilding, Reading, Setting, Tickets, User,
} from '@element-plus/icons-vue'
import type { Component } from 'vue'
import type { Shapes } from '@/api/client'

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
    { path: '/supervision', title: '监督总览', icon: DataLine, roles: ['supervisor', 'office_head'] },
    { path: '/publications', title: '已公开信息', icon: Reading, roles: ['registrar', 'office_head'] },
    { path: '/agencies', title: '机关', icon: OfficeBuilding, roles: ['system_admin'] },
    { path: '/departments', title: '内设机构', icon: Connection, roles: ['system_admin'] },
    { path: '/staff', title: '账号', icon: User, roles: ['system_admin', 'security_admin'] },
    { path: '/calendar', title: '工作日历', icon: Calendar, roles: ['system_admin', 'registrar', 'handler', 'office_head', 'supervisor'] },
    { path: '/settings', title: '设置', icon: Setting, roles: ['system_admin', 'security_admin', 'office_head'] },
    { path: '/journal', title: '审计日志', icon: Notebook, roles: ['auditor'] },
]
