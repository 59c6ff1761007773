// The product's journal, decisions and control rows, read as its owner would read them.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { dynamodbControlRows } from '#adapters/aws/dynamodb-control-rows.ts'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import type { Write } from '#local/scenario/recording.ts'
import type { ControlRow } from '#model/canary.ts'
import type { Configuration } from '#model/configuration.ts'
import { providerSets } from '#model/provider-set.ts'
import { clientSettings } from './client-settings.ts'
import type { Story } from './snapshot.ts'
import { createStoryFeed, type StoryFeed } from './story-feed.ts'

export type ProductFeedOptions = {
  readonly configuration: Configuration
  readonly endpoint: string
  readonly table: string
  readonly onStory: (story: Story) => void
  readonly onWrite: (write: Write) => void
}

export interface ProductFeed extends StoryFeed {
  /** How canaries stand. */
  rows(): Promise<readonly ControlRow[]>
}

export function productFeed({ configuration, endpoint, table, onStory, onWrite }: ProductFeedOptions): ProductFeed {
  const client = new DynamoDBClient(clientSettings(endpoint, configuration.homeRegion))
  const state = stateTable(client, table)
  const feed = createStoryFeed({
    journal: dynamodbJournal(state),
    hostnames: configuration.hostnames.map(({ hostname }) => hostname),
    sets: providerSets(configuration.hostnames),
    onStory,
    onApplied: ({ at, hostname, receipt }) => onWrite({ at, hostname, ...receipt.fence }),
  })
  return { ...feed, rows: () => dynamodbControlRows(state).list() }
}
