import { rolesOf } from '@/api/forms'
import { session } from '@/api/session'

/** Whether a role of the account opens the call. Decides what is shown; what may be done the service decides again. */
export function mayCall(operation: keyof typeof rolesOf): boolean {
    const roles: readonly string[] = rolesOf[operation]
    return roles.length === 0 || session.account?.roles.some(({ code }) => roles.includes(code)) === true
}
