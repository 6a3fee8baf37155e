import 'element-plus/theme-chalk/base.css'
import '../../tokens.css'
import './theme.css'
import './display' // before the first paint
import { createApp } from 'vue'
import { router } from './router'
import App from './shell/App.vue'

createApp(App).use(router).mount('#app')
