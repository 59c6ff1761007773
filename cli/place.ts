// Which installation a command is about: the stage, and the region in which it runs.
import * as z from 'zod'
import { readYaml } from '#config/read-yaml.ts'
import { SluiceFile } from '#config/sluice-file.ts'
import { Region } from '#model/metric.ts'
import { ShortName } from '#model/names.ts'
import { usageFailure } from './failure.ts'

export type Place = {
  readonly stage: string
  /** Undefined: as the SDK's own settings say. */
  readonly region: string | undefined
}

export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Undefined for a file that is not there. Rejects for one that cannot be read: a folder, or without permission. */
  readonly readText: (path: string) => Promise<string | undefined>
}

/** Only these two are read: in an incident a file that is being edited must not stand in the way. */
const Glimpse = z.object({ stage: ShortName.optional(), homeRegion: Region.optional() })

/** The option, else SLUICE_STAGE, else what ./sluice.yaml says (SLUICE_CONFIG: another file). @throws CommandFailure */
export async function placeOf(options: { readonly stage?: string; readonly region?: string }, around: Surroundings): Promise<Place> {
  const file = await glimpse(around)
  const stage = options.stage ?? around.env.SLUICE_STAGE ?? file?.stage
  if (stage === undefined) throw noStage()
  if (!ShortName.safeParse(stage).success) throw badOption('--stage', stage, 'lower-case letters, digits and hyphens, such as prod')
  if (options.region !== undefined && !Region.safeParse(options.region).success)
    throw badOption('--region', options.region, 'an AWS region such as us-east-1')
  // The stack is in the home region of its file, whatever region this shell is used to.
  return { stage, region: options.region ?? (file?.stage === stage ? file.homeRegion : undefined) }
}

export function configurationFile({ SLUICE_CONFIG }: Surroundings['env']): string {
  return SLUICE_CONFIG ?? 'sluice.yaml'
}

async function glimpse({ env, readText }: Surroundings): Promise<{ stage: string; homeRegion: string } | undefined> {
  const text = await readText(configurationFile(env)).catch(() => undefined)
  const yaml = text === undefined ? undefined : readYaml(text)
  if (yaml?.ok !== true) return undefined
  const { stage, homeRegion } = Glimpse.safeParse(yaml.value).data ?? {}
  // What the file leaves out has the defaults of its schema.
  const { shape } = SluiceFile
  return { stage: shape.stage.parse(stage), homeRegion: shape.homeRegion.parse(homeRegion) }
}

function noStage() {
  return usageFailure({
    code: 'no-stage',
    place: '--stage',
    seen: 'nothing, and there is no ./sluice.yaml to take it from',
    allowed: 'the name of an installation, such as prod',
    mend: 'Say --stage NAME, set SLUICE_STAGE, or go to the folder of sluice.yaml (SLUICE_CONFIG names another file).',
  })
}

function badOption(place: string, seen: string, allowed: string) {
  return usageFailure({ code: 'option', place, seen: JSON.stringify(seen), allowed, mend: `Correct ${place}.` })
}
