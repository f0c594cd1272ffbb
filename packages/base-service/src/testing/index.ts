export { createTestContext, type TestContext } from './createTestContext.ts'
