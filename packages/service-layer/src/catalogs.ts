import { backupErrors, backupMessages } from '@gradvis/backup-service'
import { mediaErrors, serviceErrors } from '@gradvis/base-service'
import { flagErrors } from '@gradvis/feature-flags'
import type { ErrorCatalog } from '@gradvis/kernel'
import { localizationErrors } from '@gradvis/localization'
import { networkAdvice, networkConnectivityErrors } from '@gradvis/network-connectivity-service'
import { auditErrors, privacyErrors } from '@gradvis/privacy'
import { rolloutErrors } from '@gradvis/rollout'
import { rolloutStoreErrors } from '@gradvis/rollout-store'
import { containerErrors } from '@gradvis/service-container'
import { webRTCPeerErrors } from '@gradvis/webrtc-peer-service'

import { layerErrors } from './layerErrors.ts'

/** Every error table of the product: what `docs/errors.md` is made of. */
export const errorCatalogs = [
  auditErrors.catalog,
  backupErrors.catalog,
  containerErrors.catalog,
  flagErrors.catalog,
  layerErrors.catalog,
  localizationErrors.catalog,
  mediaErrors.catalog,
  networkConnectivityErrors.catalog,
  privacyErrors.catalog,
  rolloutErrors.catalog,
  rolloutStoreErrors.catalog,
  serviceErrors.catalog,
  webRTCPeerErrors.catalog,
] as const satisfies readonly ErrorCatalog[]

/** Texts that are no errors. */
export const messageCatalogs = [backupMessages, networkAdvice] as const
