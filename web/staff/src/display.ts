import { reactive, watchEffect } from 'vue'

const key = 'display'

/** How large and how strong everything is shown, remembered in this browser. */
export const display = reactive({ elder: false, contrast: false, ...JSON.parse(localStorage.getItem(key) ?? '{}') })

watchEffect(() => {
    const { dataset } = document.documentElement
    dataset.a11y = display.elder ? 'elder' : ''
    dataset.contrast = display.contrast ? 'high' : ''
    localStorage.setItem(key, JSON.stringify(display))
})
