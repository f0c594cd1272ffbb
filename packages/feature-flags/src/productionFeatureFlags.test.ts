import { describe, expect, it } from 'vitest'

import { FLAGS } from './flags.ts'
import { parsePlan } from './parsePlan.ts'
import { productionFeatureFlags } from './productionFeatureFlags.ts'

/** Copied line by line from the rollout schedule: service, start, percent, days or end, threshold, criteria. */
const SCHEDULE = `
BackupService | 2025-01-10 08:00 UTC | 10% | 2 dagar | 1% | Felfrekvens < 0.5%; Prestanda inom 10% av legacy; Inga kritiska GDPR-överträdelser
BackupService | 2025-01-12 08:00 UTC | 50% | 3 dagar | 0.8% | Backup-operationer 30% snabbare än legacy; Cache-prestanda optimerad; Audit trail fungerar korrekt
BackupService | 2025-01-15 08:00 UTC | 100% | 2025-01-17 08:00 UTC | - | -
NetworkConnectivityService | 2025-01-12 08:00 UTC | 10% | 2 dagar | 1% | Nätverksdiagnostik fungerar korrekt; Svenska felmeddelanden validerade; Prestanda acceptabel
NetworkConnectivityService | 2025-01-14 08:00 UTC | 50% | 3 dagar | 0.8% | Nätverksövervakning stabil; Diagnostikrapporter korrekta; Prestanda förbättrad
NetworkConnectivityService | 2025-01-17 08:00 UTC | 100% | 2025-01-19 08:00 UTC | - | -
WebRTCPeerService | 2025-01-15 08:00 UTC | 10% | 2 dagar | 0.5% | WebRTC-anslutningar stabila; MediaBaseService-integration fungerar; Inga audio/video-problem
WebRTCPeerService | 2025-01-17 08:00 UTC | 50% | 3 dagar | 0.3% | Peer-anslutningar stabila under belastning; Reconnection-logik fungerar; Inga minnesläckor
WebRTCPeerService | 2025-01-20 08:00 UTC | 100% | 2025-01-22 08:00 UTC | - | -
`

const rows = SCHEDULE.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))

const plan = parsePlan(productionFeatureFlags)
/** A service that came later has phases of its own, of which the schedule says nothing. */
const scheduled = [...new Set(rows.map(([service = '']) => service))]
const planned = scheduled.flatMap((service) => plan.services[service]!.phases.map((phase) => ({ service, phase })))

const utc = (text: string) => Date.parse(text.replace(' UTC', 'Z').replace(' ', 'T'))

describe('the production plan is the rollout schedule', () => {
  it('with nine phases, in its order', () => {
    expect(planned.map(({ service }) => service)).toEqual(rows.map(([service]) => service))
  })

  it.each(rows.map((cells, index) => [cells[0], cells[1], cells, index] as const))(
    '%s from %s',
    (_service, _start, cells, index) => {
      const [, start = '', percent = '', length = '', threshold = '', criteria = ''] = cells
      const { phase } = planned[index]!
      const startMs = utc(start)
      const endMs = length.endsWith('dagar') ? startMs + Number.parseInt(length) * 86_400_000 : utc(length)
      expect(phase).toMatchObject({ startMs, endMs, percentageBps: Number.parseFloat(percent) * 100 })
      expect(phase.errorRateThresholdPercent).toBe(threshold === '-' ? undefined : Number.parseFloat(threshold))
      expect(phase.gate.map(({ sv }) => sv)).toEqual(criteria === '-' ? [] : criteria.split('; '))
    },
  )

  it('has a flag for every service, and salts nothing', () => {
    expect(Object.keys(FLAGS)).toEqual(expect.arrayContaining(Object.keys(plan.services)))
    expect(plan.hash).toEqual({ id: 'murmur3-32-fractional', version: 2, salt: '' })
  })

  it('names each criterion once, in both languages', () => {
    const all = planned.flatMap(({ phase }) => phase.gate)
    expect(new Set(all.map(({ id }) => id)).size).toBe(18)
    expect(all.filter(({ sv, en }) => sv === en || en === '')).toEqual([])
  })
})

describe('the flag table', () => {
  it('has the variables of the schedule', () => {
    expect(FLAGS).toMatchObject({
      BackupService: { environmentVariable: 'USE_MIGRATED_BACKUP_SERVICE' },
      NetworkConnectivityService: { environmentVariable: 'USE_MIGRATED_NETWORK_SERVICE' },
      WebRTCPeerService: { environmentVariable: 'USE_MIGRATED_WEBRTC_PEER_SERVICE' },
    })
  })

  it('lets no flag outlive its rollout without a date', () => {
    for (const [service, { removeBy }] of Object.entries(FLAGS)) {
      const lastEndMs = plan.services[service]?.phases.at(-1)?.endMs ?? 0
      expect(Date.parse(removeBy)).toBeGreaterThan(lastEndMs)
    }
  })
})
