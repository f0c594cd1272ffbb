{
  "name": "@gradvis/__kebab__-service",
  "version": "0.1.0",
  "description": "__Pascal__Service: contract, legacy with adapter, migrated and conformance kit.",
  "license": "MIT",
  "type": "module",
  "engines": { "node": ">=24" },
  "exports": {
    ".": { "@gradvis/source": "./src/index.ts", "types": "./dist/index.d.ts", "default": "./dist/index.js" },
    "./legacy": {
      "@gradvis/source": "./src/legacy/index.ts",
      "types": "./dist/legacy/index.d.ts",
      "default": "./dist/legacy/index.js"
    },
    "./migrated": {
      "@gradvis/source": "./src/migrated/index.ts",
      "types": "./dist/migrated/index.d.ts",
      "default": "./dist/migrated/index.js"
    },
    "./testing": {
      "@gradvis/source": "./src/testing/index.ts",
      "types": "./dist/testing/index.d.ts",
      "default": "./dist/testing/index.js"
    }
  },
  "files": ["dist", "!dist/**/*.test.*"],
  "scripts": { "build": "tsc -b" },
  "dependencies": { "@gradvis/base-service": "0.1.0", "@gradvis/kernel": "0.1.0", "zod": "4.6.7" }
}
