export { createLegacy__Pascal__Service } from './Legacy__Pascal__Adapter.ts'
