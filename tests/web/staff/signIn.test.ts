import { expect, test } from 'vitest'
import { localPath } from '@/signIn'

test('after signing in only addresses of this application are gone to', () => {
    expect(localPath('/cases?mine=true&sort=due')).toBe('/cases?mine=true&sort=due')
    for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', 'cases', '', undefined, ['/a', '/b'], '/login?next=/cases']) {
        expect(localPath(elsewhere)).toBe('/')
    }
})
