import type { Criterion } from './Plan.ts'

/** What the production plan's gates ask for. The Swedish texts are the rollout schedule's own words. */
export const criteria = {
  errorRate: { id: 'error-rate', sv: 'Felfrekvens < 0.5%', en: 'Error rate < 0.5%' },
  performanceVsLegacy: {
    id: 'performance-vs-legacy',
    sv: 'Prestanda inom 10% av legacy',
    en: 'Performance within 10% of legacy',
  },
  gdprCritical: {
    id: 'gdpr-critical',
    sv: 'Inga kritiska GDPR-överträdelser',
    en: 'No critical GDPR violations',
  },
  networkDiagnostics: {
    id: 'network-diagnostics',
    sv: 'Nätverksdiagnostik fungerar korrekt',
    en: 'Network diagnostics work correctly',
  },
  swedishMessages: {
    id: 'swedish-messages',
    sv: 'Svenska felmeddelanden validerade',
    en: 'Swedish error messages validated',
  },
  performanceAcceptable: { id: 'performance-acceptable', sv: 'Prestanda acceptabel', en: 'Performance acceptable' },
  webrtcConnections: {
    id: 'webrtc-connections',
    sv: 'WebRTC-anslutningar stabila',
    en: 'WebRTC connections stable',
  },
  mediaBaseService: {
    id: 'media-base-service',
    sv: 'MediaBaseService-integration fungerar',
    en: 'MediaBaseService integration works',
  },
  audioVideo: { id: 'audio-video', sv: 'Inga audio/video-problem', en: 'No audio or video problems' },
  backupSpeed: {
    id: 'backup-speed',
    sv: 'Backup-operationer 30% snabbare än legacy',
    en: 'Backup operations 30% faster than legacy',
  },
  cachePerformance: { id: 'cache-performance', sv: 'Cache-prestanda optimerad', en: 'Cache performance optimised' },
  auditTrail: { id: 'audit-trail', sv: 'Audit trail fungerar korrekt', en: 'Audit trail works correctly' },
  networkMonitoring: { id: 'network-monitoring', sv: 'Nätverksövervakning stabil', en: 'Network monitoring stable' },
  diagnosticReports: { id: 'diagnostic-reports', sv: 'Diagnostikrapporter korrekta', en: 'Diagnostic reports correct' },
  performanceImproved: { id: 'performance-improved', sv: 'Prestanda förbättrad', en: 'Performance improved' },
  peersUnderLoad: {
    id: 'peers-under-load',
    sv: 'Peer-anslutningar stabila under belastning',
    en: 'Peer connections stable under load',
  },
  reconnection: { id: 'reconnection', sv: 'Reconnection-logik fungerar', en: 'Reconnection logic works' },
  memoryLeaks: { id: 'memory-leaks', sv: 'Inga minnesläckor', en: 'No memory leaks' },
} as const satisfies Record<string, Criterion>
