import { ref } from 'vue'

/** What is read aloud next; the shell holds the live region. */
export const announcement = ref('')

/** Says the result of an action to those who cannot see it. The same words twice are said twice. */
export function announce(text: string) {
    announcement.value = ''
    requestAnimationFrame(() => (announcement.value = text))
}
