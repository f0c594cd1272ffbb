import { registerHooks } from 'node:module'

/**
 * The test runner starts Node with the condition `import`, for `require` too. The driver then gets modules in the wrong
 * format from its own dependencies, so `require` must not see that condition. Import this before the driver.
 */
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(specifier, {
      ...context,
      conditions: context.conditions.includes('require')
        ? context.conditions.filter((condition) => condition !== 'import')
        : context.conditions,
    }),
})
