// Filling in what the pages ask, by the words people see.

/** Today in Shanghai, as date fields take it. */
export const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

/** Whatever can be chosen first. */
export const first = Symbol('first')

const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const begins = (words) => new RegExp(`^${escaped(words)}`)
/** The label itself, whatever remark in brackets follows it. */
const is = (words) => new RegExp(`^${escaped(words)}\\s*([(（]|$)`)

const groupOf = (form, name) => form.getByRole('group', { name }).or(form.getByRole('radiogroup', { name })).first()
const controlOf = (form, name) => form.getByLabel(name).and(form.locator('input, select, textarea')).first()
const fieldOf = (form, name) => groupOf(form, name).or(controlOf(form, name)).first()

/** One answer: a list ticks or types several, anything else is chosen, ticked or typed. */
async function fillOne(form, label, value) {
    await fieldOf(form, begins(label)).waitFor()
    const name = (await fieldOf(form, is(label)).count()) ? is(label) : begins(label)
    const [group, control] = [groupOf(form, name), controlOf(form, name)]
    if (await group.count()) {
        for (const each of [value].flat()) {
            const choice = each === first ? group.getByRole('radio') : group.getByLabel(each, { exact: true })
            if (await choice.count()) await choice.first().check()
            else await group.getByRole('textbox').last().fill(each)
        }
    } else if ((await control.evaluate((element) => element.tagName)) === 'SELECT') {
        await control.selectOption(value === first ? { index: 1 } : { label: await labelOf(control, value) })
    } else {
        await control.fill(String(value))
    }
}

/** The option whose words begin with `value`. */
const labelOf = (select, value) =>
    select.evaluate((element, wanted) => [...element.options].find((each) => each.label.startsWith(wanted))?.label ?? wanted, value)

export async function fill(form, answers) {
    for (const [label, value] of Object.entries(answers)) await fillOne(form, label, value)
}

/** Does an action on the case page: its button, its fields, its button in the drawer. */
export async function act(page, action, answers = {}) {
    await page.getByRole('region', { name: '办理' }).getByRole('button', { name: action, exact: true }).click()
    const drawer = page.getByRole('dialog', { name: action })
    await fill(drawer, answers)
    await drawer.getByRole('button', { name: action, exact: true }).click()
    await drawer.waitFor({ state: 'detached' })
}

/** Writes the reply in its workshop and hands it up for approval. */
export async function reply(page, answers) {
    await page.getByRole('region', { name: '办理' }).getByRole('button', { name: '拟写答复', exact: true }).click()
    const form = page.getByRole('form', { name: '答复' })
    await fill(form, answers)
    await page.locator('form button[type=submit]:not([disabled])').waitFor()
    await form.getByRole('button', { name: '提交审批' }).click()
    await page.waitForURL(/#reply$/)
}

/** The page on which a reply is approved, from the page of its case. */
export async function toApproval(page) {
    await page.getByRole('region', { name: '办理' }).locator('.el-button--primary').click()
    await page.waitForURL(/\/approval$/)
    await page.getByRole('region', { name: '决定' }).waitFor()
}

/** Reads the reply and its files, and approves it. */
export async function approve(page, remark) {
    await toApproval(page)
    for (const box of await page.getByRole('checkbox', { name: /已看/ }).all()) await box.check()
    await page.getByRole('form').getByLabel('说明').fill(remark)
    await page.getByRole('button', { name: /：通过$/ }).click()
    await page.waitForURL(/#reply$/)
}

/** A request as the service takes it. */
export const application = () => ({
    agency: '430500-01',
    applicant: {
        kind: 'natural_person', name: '张三', id_type: 'resident_id', id_number: '430502199003070014', phone: '13800000000',
        address: '湖南省示范市东塔区石桥路1号', postcode: '422000',
    },
    items: [{ title: '面试考官打分表', description: '2025年公开招聘岗位B207各考官的打分表' }],
    provide_as: 'paper', obtain_by: 'post', accept_other_form: true, needs_assistance: false,
})

/** The applicant's way through the form, as far as the page to check the answers on. */
export async function apply(
    page, { agency = '430500-01', title = '老旧小区改造会议纪要', name = '张三', pause = async () => {} } = {},
) {
    await page.goto(`/apply?agency=${agency}`)
    await fill(page, { '所需信息名称': title, '所需信息描述': '2025年研究老旧小区改造事项的会议纪要全文' })
    await page.getByRole('button', { name: '保存并继续' }).click()
    await pause('apply-who')
    await fill(page, { '申请人类型': '自然人', '姓名或名称': name, '证件名称': '居民身份证', '证件号码': '430502199003070014' })
    await page.getByRole('button', { name: '保存并继续' }).click()
    await pause('apply-how')
    await fill(page, {
        '提供方式': '纸质', '获取方式': '邮寄', '联系电话': '13800000000', '通信地址': '湖南省示范市东塔区石桥路1号', '邮政编码': '422000',
    })
    await page.getByRole('button', { name: '保存并继续' }).click()
    await page.getByRole('heading', { level: 1, name: '请核对' }).waitFor()
}
