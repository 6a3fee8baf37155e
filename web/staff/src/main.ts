import 'element-plus/theme-chalk/base.css'
import '../../tokens.css'
import './theme.css'
import './display' // sets type size and contrast before anything is drawn
import { createApp } from 'vue'
import { router } from './router'
import App from './shell/App.vue'

createApp(App).use(router).mount('#app')
