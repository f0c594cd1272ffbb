import { flagErrors } from './flagErrors.ts'

type Dependencies = Readonly<Record<string, readonly string[]>>

/**
 * Each service's dependencies, direct or through others, nearest first. Refuses a service that depends on itself, and
 * names the two services at which the circle closes; and a dependency that has no phases in the plan.
 */
export function resolveDependencies(direct: Dependencies): Dependencies {
  return Object.fromEntries(Object.keys(direct).map((service) => [service, reach(service, direct)]))
}

function reach(service: string, direct: Dependencies): readonly string[] {
  const found = new Set<string>()
  let layer: readonly string[] = [service]
  while (layer.length > 0) {
    const next = layer.flatMap((from) => (direct[from] ?? []).map((to) => [from, to] as const))
    for (const [from, to] of next) {
      const first = `services.${from}.dependsOn ${to}`
      if (!Object.hasOwn(direct, to)) throw flagErrors.create('missing_dependency', { first, service: to })
      if (to === service) {
        const second = `services.${service}.dependsOn ${(direct[service] ?? []).join(', ')}`
        throw flagErrors.create('circular_dependency', { first: second, second: first })
      }
    }
    layer = [...new Set(next.map(([, to]) => to))].filter((to) => !found.has(to))
    for (const to of layer) found.add(to)
  }
  return [...found]
}
