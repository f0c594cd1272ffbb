# @gradvis/__kebab__-service

__Pascal__Service keeps short texts under a name. Replace its operations by your own, contract first.

## Where things are

| file | what it is |
|---|---|
| `src/__camel__Contract.ts` | the operations, with zod schemas in and out: start here |
| `src/__camel__Errors.ts` | every error code in Swedish and English |
| `src/EntryStore.ts` | the port to where entries are kept: both sides share what is stored |
| `src/legacy/` | what exists today, and the adapter that gives it the contract's shape |
| `src/migrated/` | the same on BaseService |
| `src/testing/` | the conformance kit and the cross matrix, run on both sides |

## Next steps

1. Describe the real operations in the contract; the compiler leads you through the rest.
2. Register it in `packages/service-layer/src/registrations.ts` (one line) and give its phases to `productionFeatureFlags.ts`.
3. `npm run check`.
