// Alarms can only tell a topic in their own region.
import type { Finding } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'

export function alarmTopicFindings({ alarmTopicArn, homeRegion }: SluiceFile): Finding[] {
  if (alarmTopicArn === undefined || alarmTopicArn.split(':')[3] === homeRegion) return []
  return [
    {
      code: 'alarm-topic',
      path: ['alarmTopicArn'],
      seen: alarmTopicArn,
      allowed: `a topic in the home region, ${homeRegion}`,
      mend: `Name a topic in ${homeRegion}.`,
    },
  ]
}
