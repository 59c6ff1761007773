// The suites of `npm test`: all but those that need real components.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest tests run the whole system and stand in small files: begun last, one of them would leave the other cores idle at the end. */
class SystemsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSystem = ({ moduleId }: TestSpecification) => Number(moduleId.includes('/test/flow/'))
    return (await super.sort(files)).toSorted((a, b) => isSystem(b) - isSystem(a))
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/real/**', 'node_modules/**'],
    setupFiles: ['test/setup/fast-check.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
    sequence: { sequencer: SystemsFirst },
  },
})
