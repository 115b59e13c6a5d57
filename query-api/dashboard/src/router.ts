import { createRouter, createWebHistory, type Router, type RouterHistory } from 'vue-router'
import { useAuth } from './platform/auth'

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    /** Shown without a key. */
    open?: boolean
    /** The page as keys are given it; who was not gets an explanation in its place. */
    page?: string
  }
}

export function createDashboardRouter(history: RouterHistory = createWebHistory('/')): Router {
  const router = createRouter({
    history,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
    routes: [
      { path: '/sign-in', name: 'sign-in', component: () => import('./platform/SignInPage.vue'), meta: { title: 'Sign in', open: true } },
      { path: '/', name: 'overview', component: () => import('./overview/OverviewPage.vue'), meta: { title: 'Overview', page: 'overview' } },
      { path: '/leads', name: 'leads', component: () => import('./lead/LeadsPage.vue'), meta: { title: 'Leads', page: 'leads' } },
      { path: '/leads/:id', name: 'lead', props: true, component: () => import('./lead/LeadPage.vue'), meta: { title: 'Lead', page: 'leads' } },
      { path: '/sessions', name: 'sessions', component: () => import('./session/SessionsPage.vue'), meta: { title: 'Sessions', page: 'sessions' } },
      { path: '/sessions/:id', name: 'session', props: true, component: () => import('./session/SessionPage.vue'), meta: { title: 'Session', page: 'sessions' } },
      { path: '/submissions', name: 'submissions', component: () => import('./submission/SubmissionsPage.vue'), meta: { title: 'Submissions', page: 'submissions' } },
      { path: '/quarantine', name: 'quarantine', component: () => import('./quarantine/QuarantinePage.vue'), meta: { title: 'Quarantine', page: 'quarantine' } },
      { path: '/quarantine/:id', name: 'quarantined', props: true, component: () => import('./quarantine/QuarantinedPage.vue'), meta: { title: 'Submission in quarantine', page: 'quarantine' } },
      { path: '/sources', name: 'sources', component: () => import('./source/SourcesPage.vue'), meta: { title: 'Sources', page: 'sources' } },
      { path: '/sources/new', name: 'new-source', component: () => import('./source/NewSourcePage.vue'), meta: { title: 'New source', page: 'sources' } },
      { path: '/sources/:id', name: 'source', props: true, component: () => import('./source/SourcePage.vue'), meta: { title: 'Source', page: 'sources' } },
      { path: '/webhooks', name: 'webhooks', component: () => import('./webhook/WebhooksPage.vue'), meta: { title: 'Deliveries', page: 'webhooks' } },
      { path: '/webhooks/:id', name: 'webhook', props: true, component: () => import('./webhook/WebhookPage.vue'), meta: { title: 'Delivery', page: 'webhooks' } },
      { path: '/projections', name: 'projections', component: () => import('./projection/ProjectionsPage.vue'), meta: { title: 'Projections', page: 'projections' } },
      { path: '/:rest(.*)*', name: 'unknown', component: () => import('./platform/UnknownPage.vue'), meta: { title: 'Page not found', open: true } },
    ],
  })

  router.beforeEach(async (to) => {
    if (to.meta.open || (await useAuth().restore())) return true
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  })
  router.afterEach((to) => {
    document.title = `${to.meta.title} · Headwater`
  })
  return router
}

/** Where to go after signing in: a path of this page only, never another host. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
