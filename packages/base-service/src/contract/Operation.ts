import type { FieldClass } from '@gradvis/privacy'
import type { z } from 'zod'

export const OPERATION_KINDS = ['read', 'write', 'session'] as const

/**
 * - `read` changes nothing: it may be retried, answered by legacy when the migrated side fails, and shadowed.
 * - `write` changes something: retried or rescued only where it is declared idempotent.
 * - `session` returns a live object that belongs to the implementation that opened it.
 */
export type OperationKind = (typeof OPERATION_KINDS)[number]

/**
 * What happens to an open session when its subject is routed to the other implementation: `pin` leaves it where it was
 * opened until it is closed; `resubscribe` opens the same session on the new side and then closes the old one.
 */
export type Handover = 'pin' | 'resubscribe'

/** How answers of both sides are compared when a read is shadowed. Paths are dotted, `*` stands for any key or index. */
export type ShadowPolicy = Readonly<{ ignorePaths: readonly string[] }>

/**
 * What fields are known to hold, by dotted path; see `Classification` of privacy. An interface, so that the declarations of
 * contracts name this package, which they import, and not privacy, which they need not.
 */
export interface FieldClasses {
  readonly [path: string]: FieldClass
}

/** What the audit trail is told of an operation. `subject` and `details` read the input as the caller gave it. */
export type AuditPolicy<Input = never> = Readonly<{
  /** Whom the operation is about; undefined where the input does not say. */
  subject?: (input: Input) => string | undefined
  /** Constants, counts and random ids; no personal data. */
  details?: (input: Input) => Readonly<Record<string, string | number | boolean>>
}>

export type Operation<
  Kind extends OperationKind = OperationKind,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> = Readonly<{
  kind: Kind
  input: Input
  output: Output
  /** One sentence for the API documentation. */
  summary: string
  /** Doing it twice with the same input leaves the same state as doing it once. */
  idempotent: boolean
  /** Legacy may answer when the migrated side fails by its own fault. */
  rescue: boolean
  /** Absent: never shadowed. */
  shadow?: ShadowPolicy
  handover: Handover
  /** Sensitive: each call leaves an entry in the audit trail. Absent: none. */
  audit?: AuditPolicy
  /** What fields of input, output and error parameters are known to hold. */
  classify?: FieldClasses
}>

type Schemas<Input extends z.ZodType, Output extends z.ZodType> = Readonly<{
  input: Input
  output: Output
  summary: string
  audit?: AuditPolicy<z.output<Input>>
  classify?: FieldClasses
}>

export function read<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Schemas<Input, Output> & Readonly<{ rescue?: boolean; shadow?: ShadowPolicy | false }>,
): Operation<'read', Input, Output> {
  const { rescue = true, shadow = { ignorePaths: [] }, ...schemas } = spec
  return { kind: 'read', idempotent: true, rescue, handover: 'pin', ...(shadow && { shadow }), ...schemas }
}

export function write<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Schemas<Input, Output> & Readonly<{ idempotent?: boolean; rescue?: boolean }>,
): Operation<'write', Input, Output> {
  const { idempotent = false, rescue = idempotent, ...schemas } = spec
  return { kind: 'write', idempotent, rescue: rescue && idempotent, handover: 'pin', ...schemas }
}

/** `output` describes a live object, so it is usually `z.custom<...>()`. A `resubscribe` session must be a `Session`. */
export function session<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Schemas<Input, Output> & Readonly<{ handover?: Handover }>,
): Operation<'session', Input, Output> {
  const { handover = 'pin', ...schemas } = spec
  return { kind: 'session', idempotent: false, rescue: false, handover, ...schemas }
}

/** What a `session` operation returns. Closing is idempotent and resolves when everything it held is released. */
export interface Session {
  close(): Promise<void>
  /** Resolves once when the session has ended, by `close` or by itself. Never rejects. */
  readonly closed: Promise<void>
}
