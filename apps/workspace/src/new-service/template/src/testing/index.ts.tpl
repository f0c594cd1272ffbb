export { createMemoryStore } from './createMemoryStore.ts'
export { describe__Pascal__Conformance } from './describe__Pascal__Conformance.ts'
export { describe__Pascal__CrossMatrix } from './describe__Pascal__CrossMatrix.ts'
