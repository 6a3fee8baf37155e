import { reactive } from 'vue'

/** What the service says about who is signed in. */
export interface Account {
    name: string
    roles: string[]
    csrf_token: string
    must_change_password: boolean
}

/** Who is signed in; the one place that knows. */
export const session = reactive({
    account: null as Account | null,
    csrfToken: '',
    /** Ended by the service while a page was open: the page stays, a dialog asks to sign in again. */
    lapsed: false,

    begin(account: Account) {
        this.account = account
        this.csrfToken = account.csrf_token
        this.lapsed = false
    },
    end() {
        this.account = null
        this.csrfToken = ''
        this.lapsed = false
    },
    expired() {
        if (this.account) this.lapsed = true
    },
})
