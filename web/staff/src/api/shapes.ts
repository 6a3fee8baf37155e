import type { components } from './schema'

/** The shapes of the service, by the names of its OpenAPI document. */
export type Shapes = components['schemas']

export type Problem = Shapes['Problem']
