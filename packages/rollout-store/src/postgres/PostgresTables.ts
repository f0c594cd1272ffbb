import type { Generated } from 'kysely'

/** Numbers of 64 bits come as text. */
export interface PostgresTables {
  'gradvis.event': { sequence: string; body: string }
  'gradvis.observation_window': {
    id: Generated<string>
    instance: string
    service: string
    implementation: string
    start_ms: number
    end_ms: number
    slot_ms: number
    body: string
    /** The transaction that wrote it. */
    xact_id: Generated<string>
  }
  'gradvis.observation_roll_up': {
    service: string
    implementation: string
    start_ms: number
    end_ms: number
    slot_ms: number
    body: string
  }
  'gradvis.rolled_up_until': { instance: string; service: string; implementation: string; start_ms: number }
  'gradvis.roll_up_watermark': { xact_id: string; roll_ups: string }
  'gradvis.record': { sequence: string; body: string; hash: string; personal: string | null }
  'gradvis.record_head': { sequence: string; hash: string }
}
