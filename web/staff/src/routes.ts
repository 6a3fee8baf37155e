import type { RouteRecordRaw } from 'vue-router'

/** Every address of the application. `open`: needs no session. */
export const routes: RouteRecordRaw[] = [
    { path: '/', redirect: '/cases' },
    { path: '/:rest(.*)*', component: () => import('@/shell/NotFoundPage.vue'), meta: { title: '没有这一页', open: true } },
]
