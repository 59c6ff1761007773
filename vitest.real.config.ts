// The suites that need real components: moto's server, the AWS CLI, dig. `npm run test:real` checks first that they are there.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    globalSetup: ['test/real/components.ts'],
  },
})
