import type { RouteRecordRaw } from 'vue-router'

/** Every address of the application. `open`: needs no session. */
export const routes: RouteRecordRaw[] = [
    { path: '/', redirect: '/cases' },
    { path: '/login', component: () => import('@/pages/login/LoginPage.vue'), meta: { title: '登录', open: true } },
    { path: '/password', component: () => import('@/pages/login/PasswordPage.vue'), meta: { title: '修改密码' } },
    { path: '/cases', component: () => import('@/pages/worklist/WorkListPage.vue'), meta: { title: '申请件' } },
    { path: '/cases/:id', component: () => import('@/pages/case/CasePage.vue'), meta: { title: '申请件' } },
    { path: '/registration', component: () => import('@/pages/registration/RegistrationPage.vue'), meta: { title: '线下登记' } },
    { path: '/supervision', component: () => import('@/pages/supervision/SupervisionPage.vue'), meta: { title: '监督总览' } },
    { path: '/publications', component: () => import('@/pages/admin/PublicationsPage.vue'), meta: { title: '已公开信息' } },
    { path: '/agencies', component: () => import('@/pages/admin/AgenciesPage.vue'), meta: { title: '机关' } },
    { path: '/departments', component: () => import('@/pages/admin/DepartmentsPage.vue'), meta: { title: '内设机构' } },
    { path: '/staff', component: () => import('@/pages/admin/StaffPage.vue'), meta: { title: '账号' } },
    { path: '/calendar', component: () => import('@/pages/admin/CalendarPage.vue'), meta: { title: '工作日历' } },
    { path: '/settings', component: () => import('@/pages/admin/SettingsPage.vue'), meta: { title: '设置' } },
    { path: '/journal', component: () => import('@/pages/journal/JournalPage.vue'), meta: { title: '审计日志' } },
    { path: '/:rest(.*)*', component: () => import('@/shell/NotFoundPage.vue'), meta: { title: '没有这一页', open: true } },
]
