import { z } from 'zod'

/** `backend`: the application's own; all must answer. `internet`: shows that the world is there; any will do. */
export const ENDPOINT_ROLES = ['backend', 'internet'] as const

/** Somewhere to probe. There is none unless it is configured: no third party is ever called. */
export const Endpoint = z.strictObject({
  /** Unique. What reports and logs call it. */
  name: z.string().min(1).max(100),
  /** http or https, without user name and password. Asked by GET, with a random `nonce` added to the query. */
  url: z.string().max(2048),
  role: z.enum(ENDPOINT_ROLES).default('backend'),
  /** Text that the answer's first 16 KiB must contain. Anything else comes from somebody in between. */
  expectBody: z.string().min(1).max(1024).optional(),
  /** The answer's first 16 KiB must contain the nonce, which a captive portal cannot know to repeat. */
  echo: z.boolean().default(false),
  /** PEM certificates to trust in the place of the public ones. */
  ca: z.string().optional(),
})
export type Endpoint = Readonly<z.input<typeof Endpoint>>
