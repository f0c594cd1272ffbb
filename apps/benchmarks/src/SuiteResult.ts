import { z } from 'zod'

export const AIM_OPERATORS = ['<=', '>=', '=='] as const
export type AimOperator = (typeof AIM_OPERATORS)[number]

const aimSchema = z.strictObject({
  /** Stable: machines follow an aim over time by this name. */
  name: z.string().regex(/^[a-z0-9_]+$/),
  value: z.number(),
  op: z.enum(AIM_OPERATORS),
  limit: z.number(),
  met: z.boolean(),
})

const measurementSchema = z.strictObject({
  name: z.string(),
  /** `ns` is per operation. Any other unit is printed as it stands. */
  unit: z.string(),
  median: z.number(),
  lowerQuartile: z.number(),
  upperQuartile: z.number(),
})

const ratioSchema = z.strictObject({ name: z.string(), value: z.number() })

/** What every suite gives, and exactly the JSON line that `--json` ends with. `detail` may hold more than is named. */
export const suiteResultSchema = z.strictObject({
  suite: z.string(),
  aims: z.array(aimSchema).min(1),
  detail: z
    .object({
      measurements: z.array(measurementSchema),
      ratios: z.array(ratioSchema),
      /** What a reader must know to judge the numbers: which case an aim uses, how a rival was set up. */
      notes: z.array(z.string()),
    })
    .catchall(z.json()),
})

export type Aim = Readonly<z.infer<typeof aimSchema>>
export type MeasurementRow = z.infer<typeof measurementSchema>
export type RatioRow = z.infer<typeof ratioSchema>
export type SuiteResult = z.infer<typeof suiteResultSchema>
