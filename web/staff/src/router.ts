import { createRouter, createWebHistory } from 'vue-router'
import { ensureSession } from '@/signIn'
import { routes } from './routes'

export const router = createRouter({ history: createWebHistory('/staff/'), routes })

router.beforeEach(async (to) => {
    if (to.meta.open || (await ensureSession())) return true
    return { path: '/login', query: { next: to.fullPath } }
})

router.afterEach((to) => {
    document.title = `${to.meta.title ?? '工作台'} · 依申请公开办理系统`
})
