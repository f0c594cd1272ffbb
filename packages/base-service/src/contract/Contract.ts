import type { z } from 'zod'

import type { CallOptions } from '../CallOptions.ts'
import type { Operation } from './Operation.ts'

export type Operations = Readonly<Record<string, Operation>>

/** The one description of a service that its types, validation, metrics, tests and documentation come from. */
export type Contract<Ops extends Operations = Operations> = Readonly<{ name: string; operations: Ops }>

export type InputOf<Op extends Operation> = z.input<Op['input']>
export type ParsedInputOf<Op extends Operation> = z.output<Op['input']>
export type OutputOf<Op extends Operation> = z.output<Op['output']>

export type MethodOf<Op extends Operation> =
  undefined extends InputOf<Op>
    ? (input?: InputOf<Op>, options?: CallOptions) => Promise<OutputOf<Op>>
    : (input: InputOf<Op>, options?: CallOptions) => Promise<OutputOf<Op>>

/** The TypeScript interface of a contract: one method per operation. */
export type ServiceOf<C extends Contract> = {
  readonly [Name in keyof C['operations']]: MethodOf<C['operations'][Name]>
}

/** Names are stable: they are the keys of flags, metrics and audit entries. */
export function defineContract<const Name extends string, Ops extends Operations>(
  name: Name,
  operations: Ops,
): Readonly<{ name: Name; operations: Ops }> {
  return Object.freeze({ name, operations: Object.freeze(operations) })
}
