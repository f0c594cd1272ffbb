export {
  aPlan,
  DAY_MS,
  entered,
  inFirstPhase,
  MINUTE_MS,
  START_MS,
  statusAfter,
  ungated,
  verdictOn,
} from './aRollout.ts'
export { sketchOf, traffic, windowOf } from './windowOf.ts'
