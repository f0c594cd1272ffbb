export { __camel__Contract, __Pascal__Service } from './__camel__Contract.ts'
export { __camel__Errors } from './__camel__Errors.ts'
export type { EntryStore } from './EntryStore.ts'
