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
    { name: 'case-letters', path: '/staff/cases', as: 'handler', then: openLetters },
    { name: 'case-files', path: '/staff/cases', as: 'handler', then: openFiles },
    { name: 'case-returned', path: '/staff/cases', as: 'handler', then: openReturned },
    { name: 'reply-returned', path: '/staff/cases', as: 'handler', then: reviseReturned },
    { name: 'approval', path: '/staff/cases', as: 'department_head', then: openApproval },
    { name: 'registration', path: '/staff/registration', as: 'registrar' },
    { name: 'supervision', path: '/staff/supervision', as: 'supervisor' },
    { name: 'annual-report', path: '/staff/reports/annual', as: 'supervisor' },
    { name: 'quarterly-report', path: '/staff/reports/quarterly', as: 'supervisor' },
    { name: 'imports', path: '/staff/imports', as: 'registrar' },
    { name: 'cards', path: '/staff/cards', as: 'supervisor' },
    { name: 'card', path: '/staff/cards', as: 'supervisor', then: openFirstCard },
    { name: 'ratings', path: '/staff/ratings', as: 'office_head' },
    { name: 'ratings-all', path: '/staff/ratings?show=all', as: 'supervisor' },
    { name: 'follow-ups', path: '/staff/matters?show=all', as: 'office_head' },
    { name: 'suggestions', path: '/staff/matters?kind=suggestion&show=all', as: 'office_head' },
    { name: 'deliveries', path: '/staff/deliveries', as: 'registrar' },
    { name: 'contact', path: '/staff/contact', as: 'handler' },
    { name: 'publications', path: '/staff/publications', as: 'registrar' },
    { name: 'agencies', path: '/staff/agencies', as: 'system_admin' },
    { name: 'departments', path: '/staff/departments', as: 'system_admin' },
    { name: 'staff', path: '/staff/staff', as: 'system_admin' },
    { name: 'calendar', path: '/staff/calendar', as: 'system_admin' },
    { name: 'letters', path: '/staff/letters', as: 'system_admin' },
    { name: 'letter', path: '/staff/letters?kind=receipt', as: 'system_admin', then: openLetter },
    { name: 'settings', path: '/staff/settings', as: 'security_admin' },
    { name: 'incidents', path: '/staff/incidents', as: 'security_admin' },
    { name: 'journal', path: '/staff/journal', as: 'auditor' },
    { name: 'absence', path: '/staff/absence', as: 'handler' },
    { name: 'password', path: '/staff/password', as: 'handler' },
]

/** From the list of cards to the first red one. */
export async function openFirstCard(page) {
    await page.goto('/staff/cards?level=red')
    await page.locator('main tbody a').first().click()
    await page.waitForURL(/\/staff\/cards\/\w+/)
    await page.getByRole('heading', { name: '处理过程' }).waitFor()
}

/** From the work list to the page of its first case. */
export async function openFirstCase(page) {
    await page.goto('/staff/cases?sort=due')
    await page.locator('main a[href*="/staff/cases/"]').first().click()
    await page.waitForURL(/\/staff\/cases\/\w+/)
    await page.locator('.page-header h1').waitFor()
}

/** To the letters of a case that the handler works on. */
export async function openLetters(page) {
    await openFirstCase(page)
    await page.getByRole('tab', { name: '文书' }).click()
    await page.getByRole('link', { name: '下载登记回执 PDF' }).waitFor({ timeout: 90_000 }) // the demo city makes its letters once it runs
}

/** To the text of one letter, with what comes of it. */
export async function openLetter(page) {
    await page.getByRole('button', { name: '预览' }).click()
    await page.getByRole('article').waitFor()
}

const firstCase = async (page, query, wanted) => {
    const { items } = await (await page.request.get(`/api/v1/cases?limit=200&${query}`)).json()
    return `/staff/cases/${items.find(wanted).id}`
}

/** To a case of the handler whose reply was sent back. */
export async function openReturned(page) {
    await page.goto(await firstCase(page, 'state=handling', (row) => row.returned_at))
    await page.getByText('答复退回修改').waitFor()
}

/** To the workshop of that case. */
export async function reviseReturned(page) {
    await openReturned(page)
    await page.getByRole('button', { name: '修改答复' }).click()
    await page.getByRole('form', { name: '答复' }).waitFor()
}

/** To a reply that waits for the head of the department. */
export async function openApproval(page) {
    await page.goto(`${await firstCase(page, 'state=approving', (row) => row.awaits === 'department_head')}/approval`)
    await page.getByRole('region', { name: '决定' }).waitFor()
}

/** To the files of a case that the handler works on. */
export async function openFiles(page) {
    await openFirstCase(page)
    await page.getByRole('tab', { name: /^材料/ }).click()
    await page.getByText('严禁上传涉密内容').waitFor()
}
