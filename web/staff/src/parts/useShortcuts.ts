import { onBeforeUnmount, onMounted } from 'vue'
import { preferences } from '@/preferences'

const typing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]'

/** Whether a key belongs to whatever has the focus, or to a dialog. */
function isTaken(event: KeyboardEvent) {
    const within = event.target instanceof Element && event.target.closest(typing) !== null
    return within || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('.el-overlay:not([style*="display: none"])') !== null
}

/** Single letters that do something on this page, unless switched off or typed into a field. */
export function useShortcuts(keys: Record<string, () => void>) {
    function onKey(event: KeyboardEvent) {
        const act = keys[event.key]
        if (!act || !preferences.shortcuts || isTaken(event)) return
        event.preventDefault()
        act()
    }
    onMounted(() => document.addEventListener('keydown', onKey))
    onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
