// The account a story may disturb: what its events need besides the simulated world.
import type { LocalClock } from '#local/clock/local-clock.ts'
import type { RunningStack } from '#local/deploy/start-stack.ts'
import type { Configuration } from '#model/configuration.ts'

export type StoryAccount = {
  readonly stack: Pick<RunningStack, 'aws' | 'clients' | 'functions' | 'redeploy'>
  readonly clock: LocalClock
  readonly configuration: Configuration
}
