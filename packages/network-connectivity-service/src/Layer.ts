/** What a connection stands on, lowest first: a broken layer makes everything after it fail. */
export const LAYERS = ['interface', 'address', 'dns', 'tcp', 'tls', 'backend'] as const
export type Layer = (typeof LAYERS)[number]

/** The layers that one probe of one endpoint passes, in this order. `tls` only for https. */
export const PROBE_LAYERS = ['dns', 'tcp', 'tls', 'backend'] as const satisfies readonly Layer[]
export type ProbeLayer = (typeof PROBE_LAYERS)[number]
