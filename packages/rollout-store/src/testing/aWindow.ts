import { LatencySketch, type ObservationWindow, type OperationWindow } from '@gradvis/rollout'

/** Ten seconds of one operation from noon of the first day of the rollout; give what matters. */
export function aWindow(overrides: Partial<ObservationWindow> = {}): ObservationWindow {
  const startMs = overrides.startMs ?? NOON
  return {
    instance: 'instance-1',
    service: 'BackupService',
    implementation: 'migrated',
    startMs,
    endMs: startMs + 10_000,
    operations: { createBackup: anOperation() },
    ...overrides,
  }
}

export const NOON = Date.UTC(2025, 0, 10, 12)

/** Calls that took 12 ms, faulty ones aside. */
export function anOperation({ operations = 10, faults = 0 } = {}): OperationWindow {
  const latency = new LatencySketch()
  for (let call = faults; call < operations; call++) latency.record(12)
  return {
    operations,
    faults,
    rescued: faults,
    refused: 0,
    cancelled: 0,
    cacheHits: 0,
    codes: faults > 0 ? { 'backup.failed': faults } : {},
    ...(operations > faults && { latency: latency.toJSON() }),
  }
}
