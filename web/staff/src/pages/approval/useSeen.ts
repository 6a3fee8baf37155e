import { computed, ref } from 'vue'

/** Something that has to be looked at before a reply is approved. Its key is what it says: what changes is new. */
export interface Paper {
    key: string
    name: string
}

/** Which papers have been opened, or are confirmed to have been read. */
export function useSeen(papers: () => Paper[]) {
    const seen = ref(new Set<string>())

    function mark(key: string, is = true) {
        if (is) seen.value.add(key)
        else seen.value.delete(key)
    }

    return {
        mark,
        isSeen: (key: string) => seen.value.has(key),
        /** Those still to be looked at. */
        left: computed(() => papers().filter((each) => !seen.value.has(each.key))),
    }
}
