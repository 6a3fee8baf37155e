import { onBeforeUnmount, onMounted } from 'vue'
import { preferences } from '@/preferences'

const typing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]'

/** Whether the key is meant for the focused control or for a dialog. */
function isTaken(event: KeyboardEvent) {
    const within = event.target instanceof Element && event.target.closest(typing) !== null
    return within || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('.el-overlay:not([style*="display: none"])') !== null
}

/** Keyboard shortcuts of single letters for this page. They do nothing while switched off or while typing into a field. */
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
