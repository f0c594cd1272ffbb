import type { PlanData } from './Plan.ts'
import { criteria } from './productionCriteria.ts'

/**
 * The plan that production follows. To lower a percentage by hand, change it here and publish a new version; to go
 * back at once, use the environment or the emergency stop, which need no new version.
 * A phase's start is its earliest start. The salt is empty, so that flagd gives the same answers from an export, and
 * it must stay as it is for as long as a rollout runs: another salt moves every subject.
 */
export const productionFeatureFlags = {
  revision: 1,
  hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
  goals: {
    initial: {
      sv: 'Validera grundläggande funktionalitet och stabilitet',
      en: 'Validate basic functionality and stability',
    },
    extended: {
      sv: 'Validera skalbarhet och prestanda under högre belastning',
      en: 'Validate scalability and performance under higher load',
    },
    full: {
      sv: 'Komplett migration till BaseService-implementationer',
      en: 'Complete migration to BaseService implementations',
    },
  },
  services: {
    BackupService: {
      phases: [
        {
          name: 'initial',
          start: '2025-01-10T08:00:00Z',
          percentage: 10,
          days: 2,
          errorRateThresholdPercent: 1,
          gate: [criteria.errorRate, criteria.performanceVsLegacy, criteria.gdprCritical],
        },
        {
          name: 'extended',
          start: '2025-01-12T08:00:00Z',
          percentage: 50,
          days: 3,
          errorRateThresholdPercent: 0.8,
          gate: [criteria.backupSpeed, criteria.cachePerformance, criteria.auditTrail],
        },
        { name: 'full', start: '2025-01-15T08:00:00Z', percentage: 100, end: '2025-01-17T08:00:00Z', gate: [] },
      ],
    },
    NetworkConnectivityService: {
      phases: [
        {
          name: 'initial',
          start: '2025-01-12T08:00:00Z',
          percentage: 10,
          days: 2,
          errorRateThresholdPercent: 1,
          gate: [criteria.networkDiagnostics, criteria.swedishMessages, criteria.performanceAcceptable],
        },
        {
          name: 'extended',
          start: '2025-01-14T08:00:00Z',
          percentage: 50,
          days: 3,
          errorRateThresholdPercent: 0.8,
          gate: [criteria.networkMonitoring, criteria.diagnosticReports, criteria.performanceImproved],
        },
        { name: 'full', start: '2025-01-17T08:00:00Z', percentage: 100, end: '2025-01-19T08:00:00Z', gate: [] },
      ],
    },
    WebRTCPeerService: {
      phases: [
        {
          name: 'initial',
          start: '2025-01-15T08:00:00Z',
          percentage: 10,
          days: 2,
          errorRateThresholdPercent: 0.5,
          gate: [criteria.webrtcConnections, criteria.mediaBaseService, criteria.audioVideo],
        },
        {
          name: 'extended',
          start: '2025-01-17T08:00:00Z',
          percentage: 50,
          days: 3,
          errorRateThresholdPercent: 0.3,
          gate: [criteria.peersUnderLoad, criteria.reconnection, criteria.memoryLeaks],
        },
        { name: 'full', start: '2025-01-20T08:00:00Z', percentage: 100, end: '2025-01-22T08:00:00Z', gate: [] },
      ],
    },
  },
} satisfies PlanData
