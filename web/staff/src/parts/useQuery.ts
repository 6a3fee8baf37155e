import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** A value kept in a query parameter of the address, so that it survives reload, back and forward. Without the parameter it is `usual`. */
export function useQuery(name: string, usual = '') {
    const route = useRoute()
    const router = useRouter()
    return computed({
        get: () => [route.query[name]].flat()[0] ?? usual,
        set: (value) => void router.replace({ query: { ...route.query, [name]: value === usual ? undefined : value } }),
    })
}
