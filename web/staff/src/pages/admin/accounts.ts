import type { Shapes } from '@/api/shapes'

export type StaffAccount = Shapes['StaffAccount']

/** What a security administrator can do to an account, with the words of its button. `asks`: it has to be confirmed. */
export interface AccountAct {
    action: 'disable' | 'enable' | 'unlock' | 'reset_password' | 'enrol_totp' | 'remove_totp'
    title: string
    about: string
    asks?: boolean
}

/** The acts that make sense for the account in its present state. */
export function actsOn(account: StaffAccount): AccountAct[] {
    return [
        account.disabled
            ? { action: 'enable', title: '启用', about: '可以再次登录，角色不变。' }
            : { action: 'disable', title: '停用', about: '立即退出登录，以后不能登录；办过的事仍在记录里。', asks: true },
        { action: 'unlock', title: '解锁', about: '连续输错密码被锁定时，马上解除。' },
        { action: 'reset_password', title: '重置密码', about: '给出一个只显示一次的初始密码，本人登录后必须修改。', asks: true },
        account.has_totp
            ? { action: 'remove_totp', title: '解除动态口令', about: '以后登录不再需要动态口令。', asks: true }
            : { action: 'enrol_totp', title: '绑定动态口令', about: '给出一个只显示一次的种子，录入手机上的动态口令程序。', asks: true },
    ]
}

/** Whether a search word occurs in what is seen of the account. */
export function mentions(account: StaffAccount, word: string): boolean {
    const seen = [account.name, account.username, ...account.roles.map(({ label }) => label)]
    return seen.some((text) => text.toLowerCase().includes(word.trim().toLowerCase()))
}
