/** Who may import whom among our own packages. Nothing else is allowed. */
export const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  'packages/kernel': [],
  'packages/localization': ['kernel'],
  'packages/privacy': ['kernel'],
  'packages/feature-flags': ['kernel'],
  'packages/base-service': ['kernel', 'localization', 'privacy'],
  'packages/rollout': ['kernel', 'feature-flags'],
  'packages/rollout-store': ['kernel', 'rollout', 'feature-flags'],
  'packages/service-container': ['kernel', 'feature-flags', 'base-service'],
  'packages/backup-repository': ['kernel', 'privacy'],
  'packages/browser-testing': [],
}

/** Every service of the application: the packages named `*-service` that have a legacy side. */
export const SERVICE_DEPENDENCIES = ['kernel', 'localization', 'privacy', 'base-service'] as const

/** What a service may import beyond the common list. */
export const SERVICE_EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'packages/backup-service': ['backup-repository'],
}
