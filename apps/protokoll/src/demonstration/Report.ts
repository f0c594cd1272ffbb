import type { Reason } from '@gradvis/feature-flags'
import type { Implementation } from '@gradvis/kernel'
import type { SideTotals } from '@gradvis/service-layer'

type SideReport = Readonly<{ subjects: number }> & SideTotals

export type ServiceReport = Readonly<Record<Implementation, SideReport>> &
  Readonly<{ reasons: Readonly<Partial<Record<Reason, number>>> }>

/** What the demonstration did, per service. */
export type Report = Readonly<{ services: Readonly<Record<string, ServiceReport>> }>
