import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** A panel that opens below its button and closes on Escape, on a click elsewhere and when the focus leaves it. */
export function useDisclosure(root: Ref<HTMLElement | null>) {
    const open = ref(false)

    function close() {
        open.value = false
    }
    function onKey(event: KeyboardEvent) {
        if (event.key !== 'Escape' || !open.value) return
        close()
        root.value?.querySelector<HTMLElement>('[aria-expanded]')?.focus()
    }
    function onElsewhere(event: Event) {
        if (open.value && !root.value?.contains(event.target as Node)) close()
    }

    onMounted(() => {
        document.addEventListener('keydown', onKey)
        document.addEventListener('pointerdown', onElsewhere)
        document.addEventListener('focusin', onElsewhere)
    })
    onBeforeUnmount(() => {
        document.removeEventListener('keydown', onKey)
        document.removeEventListener('pointerdown', onElsewhere)
        document.removeEventListener('focusin', onElsewhere)
    })
    return { open, close }
}
