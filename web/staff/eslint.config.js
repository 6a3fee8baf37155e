// Checks everything in TypeScript, Vue and JavaScript: the staff application, the scripts of the public pages, and the
// tests of both. `npm run lint` runs it from the root of the repository. How code is laid out is not its business.
import js from '@eslint/js'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import typescript from 'typescript-eslint'

const extensions = ['.ts', '.js', '.vue']

export default defineConfig(
    globalIgnores(['web/staff/src/api/{schema.d,words,forms}.ts']), // made by describe.mjs
    js.configs.recommended,
    typescript.configs.recommended,
    vue.configs['flat/recommended-error'],
    accessibility.configs['flat/recommended'],
    {
        plugins: { 'import-x': importX },
        languageOptions: { globals: globals.browser, parserOptions: { parser: typescript.parser } },
        linterOptions: { reportUnusedDisableDirectives: 'error' },
        settings: {
            'import-x/extensions': extensions,
            'import-x/parsers': { '@typescript-eslint/parser': ['.ts'], 'vue-eslint-parser': ['.vue'] },
            'import-x/resolver-next': [createNodeResolver({ extensions, alias: { '@': [`${import.meta.dirname}/src`] } })],
        },
        rules: {
            'import-x/no-cycle': 'error',

            // Layout.
            'vue/html-indent': 'off',
            'vue/html-self-closing': ['error', { html: { void: 'always' } }],
            'vue/max-attributes-per-line': 'off',
            'vue/singleline-html-element-content-newline': 'off',

            // The full-width space is punctuation of the texts that people see.
            'no-irregular-whitespace': 'off',
            'vue/no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true, skipHTMLTextContents: true }],

            // A form edits the object it is given; only the property itself must not be replaced.
            'vue/no-mutating-props': ['error', { shallowOnly: true }],

            // A control within its label needs no id.
            'vuejs-accessibility/label-has-for': ['error', { controlComponents: ['ElInput'], required: { some: ['nesting', 'id'] } }],
            // Most controls get their id by v-bind from FormField, which this rule does not see; the accessibility tests do.
            'vuejs-accessibility/form-control-has-label': 'off',
        },
    },
    { files: ['**/*.mjs', '**/*.config.*', 'tests/**'], languageOptions: { globals: globals.node } },
)
