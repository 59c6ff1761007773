// The checked configuration: what `sluice.yaml` says once defaults are filled in, and what the parameters of a stage carry.
import * as z from 'zod'
import { HostnamePolicy } from './hostname.ts'
import { ShortName } from './names.ts'
import { Policy } from './policy.ts'
import { Provider } from './provider.ts'

export const Configuration = z.object({
  stage: ShortName,
  homeRegion: z.string(),
  /** An SNS topic that alarms tell; it exists already. */
  alarmTopicArn: z.string().optional(),
  policy: Policy,
  providers: z.array(Provider).min(1),
  hostnames: z.array(HostnamePolicy).min(1),
})
export type Configuration = z.infer<typeof Configuration>
