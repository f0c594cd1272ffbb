import { describe } from 'vitest'

import { configurationCases } from './conformance/configurationCases.ts'
import { diagnosisCases } from './conformance/diagnosisCases.ts'
import { lifecycleCases } from './conformance/lifecycleCases.ts'
import { monitoringCases } from './conformance/monitoringCases.ts'
import { nameCases } from './conformance/nameCases.ts'
import { probeCases } from './conformance/probeCases.ts'
import { statusCases } from './conformance/statusCases.ts'
import { subscriptionCases } from './conformance/subscriptionCases.ts'
import { tlsCases } from './conformance/tlsCases.ts'
import type { CreateNetworkConnectivity } from './CreateNetworkConnectivity.ts'

/** What any implementation of the contract must do, on real sockets of loopback. */
export function describeNetworkConnectivityConformance(name: string, create: CreateNetworkConnectivity): void {
  describe(`NetworkConnectivityService contract: ${name}`, () => {
    configurationCases(create)
    lifecycleCases(create)
    statusCases(create)
    probeCases(create)
    nameCases(create)
    tlsCases(create)
    diagnosisCases(create)
    monitoringCases(create)
    subscriptionCases(create)
  })
}
