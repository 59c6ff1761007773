// The tests that judge a mutant: those that run the core without a server, the short ones first.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A mutant is done with at its first failing test, so the tables are asked before the properties. */
class TablesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isProperty = ({ moduleId }: TestSpecification) => Number(moduleId.includes('/test/property/'))
    return files.toSorted((a, b) => isProperty(a) - isProperty(b) || a.moduleId.localeCompare(b.moduleId))
  }
}

export default defineConfig({
  test: {
    include: ['test/unit/{signals,decision,plan,guards,apply,rebalance,reconcile}/**/*.test.ts', 'test/property/**/*.test.ts'],
    setupFiles: ['test/setup/fast-check.ts', 'test/setup/short-properties.ts'],
    sequence: { sequencer: TablesFirst },
    testTimeout: 60_000,
    // The tests of the core share no state, and every mutant gets a new worker: starting one for each file as well would take most of the time.
    isolate: false,
  },
})
