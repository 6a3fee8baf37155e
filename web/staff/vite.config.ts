import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'

// For `npm run dev`: where the service runs.
const service = process.env.SERVICE ?? 'http://127.0.0.1:8080'

export default defineConfig({
    base: '/staff/',
    plugins: [vue(), Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver()] })],
    resolve: {
        alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
        dedupe: ['vue', 'vue-router', 'element-plus', '@vue/test-utils'], // the tests stand outside this folder
    },
    // Nothing inlined: the Content-Security-Policy knows files of this host alone.
    build: {
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: 'es2020',
        // What several pages share comes in one file, not in one for each part: a page opens with few requests.
        rolldownOptions: {
            output: {
                codeSplitting: {
                    groups: [{ name: 'shared', test: /node_modules(?!.*chart\.js)|src\//, minShareCount: 2 }],
                },
            },
        },
    },
    server: { proxy: { '/api': { target: service, changeOrigin: false } }, fs: { allow: ['..', '../../tests/web/staff'] } },
    test: {
        dir: '../../tests/web/staff',
        include: ['**/*.test.ts'],
        environment: 'jsdom',
        isolate: false, // one browser for all: twenty times as quick
        server: { deps: { inline: ['element-plus'] } },
    },
})
