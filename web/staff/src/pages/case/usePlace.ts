import { shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { findPlace, type Place } from '@/pages/worklist/listContext'

/** Where the case stands in the list it was opened from, and the way to its neighbours. */
export function usePlace() {
    const route = useRoute()
    const router = useRouter()
    const place = shallowRef<Place | null>(null)

    watch(() => route.params.id as string, async (id) => {
        const found = await findPlace(id, route.query).catch(() => null)
        if (route.params.id === id) place.value = found
    }, { immediate: true })

    function go(id: string | null | undefined) {
        if (id) void router.push({ params: { id }, query: route.query, hash: route.hash })
    }
    return { place, previous: () => go(place.value?.previous), next: () => go(place.value?.next) }
}
