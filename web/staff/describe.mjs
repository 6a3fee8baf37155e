// usage: node describe.mjs OPENAPI-FILE-OR-ADDRESS
// What the application knows of the service, from the service's own description: the types of every call
// (src/api/schema.d.ts), the words for every code, with the filters of the list (src/api/words.ts), and the forms of the
// calls with the roles that open them (src/api/forms.ts).
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const source = process.argv[2]
const text = source.startsWith('http') ? await (await fetch(source)).text() : await readFile(source, 'utf8')
const description = JSON.parse(text)

const words = Object.entries(description.components.schemas)
    .filter(([, schema]) => schema.oneOf?.every((choice) => 'const' in choice && 'title' in choice))
    .map(([name, schema]) => [name, schema.oneOf.map(({ const: code, title }) => ({ code, label: title }))])
const filters = description.paths['/api/v1/cases'].get.parameters
    .map(({ name, description }) => ({ name, label: description }))

const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods))
const forms = operations.map((operation) => [operation.operationId, operation.requestBody?.content['application/json']?.schema])
    .filter(([, schema]) => schema?.properties)
const roles = Object.fromEntries(operations.map((operation) => [operation.operationId, operation['x-roles'] ?? []]))

const constant = (name, value) => `export const ${name} = ${JSON.stringify(value, null, 4)} as const\n`
const head = '// Made by describe.mjs from the OpenAPI document of the service.\n'

await writeFile('src/api/schema.d.ts', astToString(await openapiTS(text)))
await writeFile('src/api/words.ts', head + words.map((each) => constant(...each)).join('') + constant('caseFilters', filters))
await writeFile('src/api/forms.ts', head + forms.map((each) => constant(...each)).join('') + constant('rolesOf', roles))
