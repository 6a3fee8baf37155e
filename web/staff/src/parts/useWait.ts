import { computed, onScopeDispose, ref } from 'vue'

/** Counts down the seconds until the next try is allowed. */
export function useWait() {
    const left = ref(0)
    let timer: ReturnType<typeof setInterval> | undefined

    function begin(seconds: number) {
        clearInterval(timer)
        left.value = seconds
        timer = setInterval(() => {
            left.value = Math.max(0, left.value - 1)
            if (left.value === 0) clearInterval(timer)
        }, 1000)
    }
    onScopeDispose(() => clearInterval(timer))

    const text = computed(() => {
        const minutes = Math.floor(left.value / 60)
        return minutes > 0 ? `${minutes} 分 ${left.value % 60} 秒` : `${left.value} 秒`
    })
    return { left, text, begin }
}
