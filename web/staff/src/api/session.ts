import { reactive } from 'vue'
import type { Shapes } from './shapes'

export type Account = Shapes['StaffSession']

interface Waiting {
    resume: () => void
    giveUp: () => void
}

const waiting: Waiting[] = []

/** Who is signed in; nothing else in the application keeps it. */
export const session = reactive({
    account: null as Account | null,
    csrfToken: '',
    /** Ended by the service while a page was open: the page stays, a dialog asks to sign in again. */
    lapsed: false,

    begin(account: Account) {
        this.account = account
        this.csrfToken = account.csrf_token
        this.lapsed = false
        for (const each of waiting.splice(0)) each.resume()
    },
    end() {
        this.account = null
        this.csrfToken = ''
        this.lapsed = false
        for (const each of waiting.splice(0)) each.giveUp()
    },
    /** Asks for a new sign-in. Resolves to true when somebody has signed in, to false when they have left instead. */
    awaitRenewal(): Promise<boolean> {
        this.lapsed = true
        return new Promise((settle) => waiting.push({ resume: () => settle(true), giveUp: () => settle(false) }))
    },
    hasRole(roles: readonly Shapes['Role'][]): boolean {
        return this.account?.roles.some((role) => roles.includes(role.code)) ?? false
    },
})
