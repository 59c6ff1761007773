// Tells the event bus of the stage what became of a canary: one event a transition.
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import type { CanaryNews } from '#ports/canary-judge.ts'

/** EventBridge answers failed entries in place of an error. */
export class NewsRefused extends Error {
  override readonly name = 'NewsRefused'
}

/** PutEvents takes ten entries a call (EventBridge API reference); one order tells fewer. */
export function eventbridgeNews(client: EventBridgeClient, busName: string): CanaryNews {
  return {
    tell: async (row, news) => {
      const { hostname, generation, canary } = row
      const { FailedEntryCount, Entries } = await client.send(
        new PutEventsCommand({
          Entries: news.slice(0, 10).map(({ code, sentence }) => ({
            EventBusName: busName,
            Source: 'sluice',
            DetailType: `Canary ${code}`,
            Resources: canary === undefined ? [] : [canary.execution],
            Detail: JSON.stringify({ hostname, generation, code, sentence, subject: canary?.subject, outcome: canary?.outcome }),
          })),
        }),
      )
      if ((FailedEntryCount ?? 0) > 0)
        throw new NewsRefused(`${busName}: ${Entries?.find((entry) => entry.ErrorCode)?.ErrorMessage ?? 'refused'}`)
    },
  }
}
