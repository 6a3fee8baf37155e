import { expect, test } from 'vitest'
import { actsOn, mentions, type StaffAccount } from '@/pages/admin/accounts'

const account: StaffAccount = {
    id: 's-1', username: 'Handler.zrzy', name: '刘娟', roles: [{ code: 'handler', label: '承办人' }], agency: '430500-02',
    department: null, disabled: false, has_totp: false, must_change_password: true, version: 1,
}
const actions = (changed: Partial<StaffAccount>) => actsOn({ ...account, ...changed }).map(({ action }) => action)

test('an account is found by name, user name or role, whatever the case', () => {
    expect(mentions(account, '刘')).toBe(true)
    expect(mentions(account, ' handler.Z ')).toBe(true)
    expect(mentions(account, '承办')).toBe(true)
    expect(mentions(account, '')).toBe(true)
    expect(mentions(account, '审计')).toBe(false)
})

test('only what has a meaning for the account is offered', () => {
    expect(actions({})).toEqual(['disable', 'unlock', 'reset_password', 'enrol_totp'])
    expect(actions({ disabled: true, has_totp: true })).toEqual(['enable', 'unlock', 'reset_password', 'remove_totp'])
})
