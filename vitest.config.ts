import { defineConfig } from 'vitest/config'

// Without `import` and `require`: whoever resolves adds the one that fits how a module is asked for, Node as well.
const conditions = ['@gradvis/source', 'module', 'node', 'development|production']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    // The module cache ignores tsconfig edits, which makes stale transforms pass or fail falsely.
    fsModuleCache: false,
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    coverage: {
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/index.ts'],
      reporter: ['json-summary', 'html'],
      // A failed test must not hide how many passed.
      reportOnFailure: true,
      // The rollout schedule asks for 90 % of every migrated service.
      thresholds: { 'packages/*-service/src/migrated/**': { lines: 90, branches: 90 } },
    },
  },
})
