import type { CriterionData } from './Plan.ts'

/**
 * What the production plan's gates ask for. The Swedish texts are the rollout schedule's own words; where it gives
 * no number, the number is ours. A later revision may turn a sign-off into a probe.
 */
export const criteria = {
  errorRate: {
    id: 'error-rate',
    sv: 'Felfrekvens < 0.5%',
    en: 'Error rate < 0.5%',
    evidence: { kind: 'error-rate', belowPercent: 0.5 },
  },
  performanceVsLegacy: {
    id: 'performance-vs-legacy',
    sv: 'Prestanda inom 10% av legacy',
    en: 'Performance within 10% of legacy',
    evidence: { kind: 'latency-ratio', atMost: 1.1, minimumDifferenceMs: 1 },
  },
  gdprCritical: {
    id: 'gdpr-critical',
    sv: 'Inga kritiska GDPR-överträdelser',
    en: 'No critical GDPR violations',
    evidence: { kind: 'no-incident', incident: 'gdpr' },
  },
  networkDiagnostics: {
    id: 'network-diagnostics',
    sv: 'Nätverksdiagnostik fungerar korrekt',
    en: 'Network diagnostics work correctly',
    evidence: { kind: 'probe' },
  },
  swedishMessages: {
    id: 'swedish-messages',
    sv: 'Svenska felmeddelanden validerade',
    en: 'Swedish error messages validated',
    evidence: { kind: 'probe' },
  },
  performanceAcceptable: {
    id: 'performance-acceptable',
    sv: 'Prestanda acceptabel',
    en: 'Performance acceptable',
    evidence: { kind: 'latency-ratio', atMost: 1.25, minimumDifferenceMs: 1 },
  },
  webrtcConnections: {
    id: 'webrtc-connections',
    sv: 'WebRTC-anslutningar stabila',
    en: 'WebRTC connections stable',
    evidence: { kind: 'probe' },
  },
  mediaBaseService: {
    id: 'media-base-service',
    sv: 'MediaBaseService-integration fungerar',
    en: 'MediaBaseService integration works',
    evidence: { kind: 'probe' },
  },
  audioVideo: {
    id: 'audio-video',
    sv: 'Inga audio/video-problem',
    en: 'No audio or video problems',
    evidence: { kind: 'probe' },
  },
  backupSpeed: {
    id: 'backup-speed',
    sv: 'Backup-operationer 30% snabbare än legacy',
    en: 'Backup operations 30% faster than legacy',
    evidence: { kind: 'latency-ratio', atMost: 0.7, operations: ['createBackup'] },
  },
  cachePerformance: {
    id: 'cache-performance',
    sv: 'Cache-prestanda optimerad',
    en: 'Cache performance optimised',
    evidence: { kind: 'cache-hits', atLeastPercent: 50, operations: ['listBackups'] },
  },
  auditTrail: {
    id: 'audit-trail',
    sv: 'Audit trail fungerar korrekt',
    en: 'Audit trail works correctly',
    evidence: { kind: 'probe' },
  },
  networkMonitoring: {
    id: 'network-monitoring',
    sv: 'Nätverksövervakning stabil',
    en: 'Network monitoring stable',
    evidence: { kind: 'probe' },
  },
  diagnosticReports: {
    id: 'diagnostic-reports',
    sv: 'Diagnostikrapporter korrekta',
    en: 'Diagnostic reports correct',
    evidence: { kind: 'probe' },
  },
  performanceImproved: {
    id: 'performance-improved',
    sv: 'Prestanda förbättrad',
    en: 'Performance improved',
    evidence: { kind: 'latency-ratio', atMost: 1, operations: ['diagnose'] },
  },
  peersUnderLoad: {
    id: 'peers-under-load',
    sv: 'Peer-anslutningar stabila under belastning',
    en: 'Peer connections stable under load',
    evidence: { kind: 'probe' },
  },
  reconnection: {
    id: 'reconnection',
    sv: 'Reconnection-logik fungerar',
    en: 'Reconnection logic works',
    evidence: { kind: 'sign-off' },
  },
  memoryLeaks: {
    id: 'memory-leaks',
    sv: 'Inga minnesläckor',
    en: 'No memory leaks',
    evidence: { kind: 'no-memory-growth' },
  },
} as const satisfies Record<string, CriterionData>
