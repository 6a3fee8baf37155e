import 'element-plus/theme-chalk/base.css'
import '../../tokens.css'
import './theme.css'
import { createApp } from 'vue'
import { router } from './router'
import App from './shell/App.vue'

createApp(App).use(router).mount('#app')
