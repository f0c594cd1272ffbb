import type { SuiteEntry } from '../Suite.ts'

/** Every suite, under the name it is asked for by. A later suite is one file in this folder and one row here. */
export const suites: Readonly<Record<string, SuiteEntry>> = {
  decide: {
    summary: 'our decision against four flag libraries, 10 % rollout, offline',
    load: async () => (await import('./decideSuite.ts')).decideSuite,
  },
  resolve: {
    summary: 'our routed call against a direct call, two containers and LaunchDarkly’s migration read',
    load: async () => (await import('./resolveSuite.ts')).resolveSuite,
  },
  propagation: {
    summary: 'from a decision to the first legacy call in every process of a fleet, on both stores',
    load: async () => (await import('./propagationSuite.ts')).propagationSuite,
  },
  fleet: {
    summary: 'what one tick of the judge costs for a thousand instances, and what is stored',
    load: async () => (await import('./fleetSuite.ts')).fleetSuite,
  },
  overhead: {
    summary: 'a call through BaseService against the bare function and against the same features glued by hand',
    load: async () => (await import('./overheadSuite.ts')).overheadSuite,
  },
  verdict: {
    summary: 'false rollbacks and operations to rollback of the engine, the raw rule, Argo, Flagger and Kayenta',
    load: async () => (await import('./verdictSuite.ts')).verdictSuite,
  },
  privacy: {
    summary: 'personal data found in generated Swedish minutes, look-alikes left alone, MB/s, beside two libraries',
    load: async () => (await import('./privacySuite.ts')).privacySuite,
  },
}
