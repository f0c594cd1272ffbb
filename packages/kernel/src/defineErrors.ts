import type { ParamNames, ParamValue } from './interpolate.ts'
import { type ErrorDefinition, ServiceError } from './ServiceError.ts'

type ErrorRows = Readonly<Record<string, ErrorDefinition>>
export type ErrorCatalog = Readonly<Record<`${string}.${string}`, ErrorDefinition>>

/** Parameters of a row: none, or an object with exactly the names in its Swedish and English templates. */
type ParamsOf<Row extends ErrorDefinition> = [ParamNames<Row['sv'] | Row['en']>] extends [never]
  ? Readonly<Record<string, never>>
  : Readonly<Record<ParamNames<Row['sv'] | Row['en']>, ParamValue>>

export interface ErrorTable<Namespace extends string, Rows extends ErrorRows> {
  /** Every row under its full code, `namespace.key`. */
  readonly catalog: { readonly [Key in keyof Rows & string as `${Namespace}.${Key}`]: Rows[Key] }
  /** Makes (never throws) the error of a row. */
  create<Key extends keyof Rows & string>(key: Key, params: ParamsOf<Rows[Key]>, options?: ErrorOptions): ServiceError
}

/**
 * One table of errors per package: code, fault, retryable and both languages side by side, so that none can lack a
 * translation. Parameter names are checked by the compiler against both templates.
 */
export function defineErrors<const Namespace extends string, const Rows extends ErrorRows>(
  namespace: Namespace,
  rows: Rows,
): ErrorTable<Namespace, Rows> {
  const catalog = Object.fromEntries(Object.entries(rows).map(([key, row]) => [`${namespace}.${key}`, row]))
  return {
    catalog: Object.freeze(catalog) as ErrorTable<Namespace, Rows>['catalog'],
    create: (key, params, options) =>
      new ServiceError(`${namespace}.${key}`, rows[key] as ErrorDefinition, params, options),
  }
}
