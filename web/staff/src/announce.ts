import { ref } from 'vue'

/** The text for screen readers; `shell/App.vue` shows it in its live region. */
export const announcement = ref('')

/** Tells screen readers the result of an action. The same text announced twice is read twice. */
export function announce(text: string) {
    announcement.value = ''
    requestAnimationFrame(() => (announcement.value = text))
}
