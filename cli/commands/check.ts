// sluice check: whether a configuration can be deployed, and with --live whether the metrics it names exist.
import { Command } from 'commander'
import { checkLive } from '#cli/check/check-live.ts'
import { type CommonOptions, type Context, example, printed } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { fileText } from '#cli/input/file-text.ts'
import { type Output, paragraphs, shown } from '#cli/output.ts'
import { configurationFile } from '#cli/place.ts'
import type { World } from '#cli/world.ts'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems, type Problem } from '#config/problem.ts'

export function check(context: Context): Command {
  return new Command('check')
    .summary('check a configuration file')
    .description(
      'Reports everything that is wrong in the file, and what is allowed but deserves a look. With --live CloudWatch is asked whether each metric of the file exists: one that never had data is a mistake, not a quiet zero. Ends with 4 when there are problems; warnings alone end with 0.',
    )
    .argument('[file]', 'the file; left out: SLUICE_CONFIG, else ./sluice.yaml')
    .option('--live', 'ask CloudWatch, too')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('sluice check examples/aws-hetzner/sluice.yaml', 'sluice check --live'))
    .action((file: string | undefined, options: CommonOptions & { readonly live?: true }) =>
      printed(context, options, () => checkFile(file ?? configurationFile(context.world.env), options.live === true, context.world)),
    )
}

async function checkFile(file: string, isLive: boolean, world: World): Promise<Output> {
  const mend = 'Name the file, set SLUICE_CONFIG, or begin with a copy of examples/aws-hetzner/sluice.yaml.'
  const text = await fileText({ place: 'FILE', path: file, mend }, world)
  const parsed = parseConfiguration(text, file)
  if (!parsed.ok) return report(file, parsed.problems, [], '')
  const { configuration, warnings } = parsed
  const live = isLive ? await checkLive(file, configuration, await world.openCatalog()) : undefined
  const { providers, hostnames, stage } = configuration
  const size = `stage ${stage}, ${counted(providers.length, 'provider')}, ${counted(hostnames.length, 'hostname')}`
  return report(file, live?.problems ?? [], warnings, live === undefined ? size : `${size}, ${counted(live.asked, 'metric')}`)
}

function report(file: string, problems: readonly Problem[], warnings: readonly Problem[], size: string): Output {
  const isFine = problems.length === 0
  const verdict = isFine ? `${file} can be deployed: ${size}.` : `${file}: ${counted(problems.length, 'problem')}.`
  return shown(
    { file, ok: isFine, problems, warnings },
    paragraphs(
      problems.length === 0 ? [] : formatProblems(problems).split('\n'),
      warnings.length === 0 ? [] : [`${counted(warnings.length, 'warning')}:`, '', ...formatProblems(warnings).split('\n')],
      [verdict],
    ),
    isFine ? EXIT.done : EXIT.problems,
  )
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
