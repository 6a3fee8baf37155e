// Every page there is, for whatever has to visit them all: accessibility, screenshots, hostile input.

/** Public pages that need nothing first. */
export const publicPages = [
    { name: 'start', path: '/' },
    { name: 'apply-want', path: '/apply?agency=430500-01' },
    { name: 'track', path: '/track' },
    { name: 'calculator', path: '/calculator' },
    { name: 'calendar', path: '/calendar' },
    { name: 'published', path: '/published' },
    { name: 'statistics', path: '/statistics' },
    { name: 'accessibility', path: '/accessibility' },
    { name: 'not-found', path: '/nothing-here' },
]

/** Pages of the staff application, by who sees them. */
export const staffPages = [
    { name: 'cases', path: '/staff/cases', as: 'office_head' },
    { name: 'case', path: '/staff/cases', as: 'office_head', then: openFirstCase },
    { name: 'registration', path: '/staff/registration', as: 'registrar' },
    { name: 'supervision', path: '/staff/supervision', as: 'supervisor' },
    { name: 'publications', path: '/staff/publications', as: 'registrar' },
    { name: 'agencies', path: '/staff/agencies', as: 'system_admin' },
    { name: 'departments', path: '/staff/departments', as: 'system_admin' },
    { name: 'staff', path: '/staff/staff', as: 'system_admin' },
    { name: 'calendar', path: '/staff/calendar', as: 'system_admin' },
    { name: 'settings', path: '/staff/settings', as: 'security_admin' },
    { name: 'journal', path: '/staff/journal', as: 'auditor' },
    { name: 'password', path: '/staff/password', as: 'handler' },
]

/** From the work list to the page of its first case. */
export async function openFirstCase(page) {
    await page.goto('/staff/cases?sort=due')
    await page.locator('main a[href*="/staff/cases/"]').first().click()
    await page.waitForURL(/\/staff\/cases\/\w+/)
    await page.locator('.page-header h1').waitFor()
}
