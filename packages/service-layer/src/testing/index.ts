export { createTestServiceLayer } from './createTestServiceLayer.ts'
