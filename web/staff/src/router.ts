import { createRouter, createWebHistory } from 'vue-router'
import { session } from '@/api/session'
import { ensureSession } from '@/signIn'
import { routes } from './routes'

export const router = createRouter({
    history: createWebHistory('/staff/'),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})

router.beforeEach(async (to) => {
    if (to.meta.open) return true
    if (!(await ensureSession())) return { path: '/login', query: { next: to.fullPath } }
    if (session.account?.must_change_password && to.path !== '/password') {
        return { path: '/password', query: { next: to.fullPath } }
    }
    return true
})

router.afterEach((to) => {
    document.title = `${to.meta.title ?? '工作台'} · 依申请公开办理系统`
})
