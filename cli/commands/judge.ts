// sluice judge: the judge of canaries on recorded minutes. Needs no AWS.
import { Command } from 'commander'
import { type Context, example, printed } from '#cli/context.ts'
import { usageFailure } from '#cli/failure.ts'
import { fileText } from '#cli/input/file-text.ts'
import { calibrateTrace } from '#cli/judge/calibrate-trace.ts'
import { type JudgeOptions, settingsOf, withJudgeOptions } from '#cli/judge/judge-options.ts'
import { COLUMNS } from '#cli/judge/read-csv.ts'
import { readTrace } from '#cli/judge/read-trace.ts'
import { replayTrace } from '#cli/judge/replay-trace.ts'
import type { Output } from '#cli/output.ts'
import type { World } from '#cli/world.ts'

type Options = JudgeOptions & { readonly replay: string; readonly calibrate?: true; readonly window?: string; readonly json?: true }

export function judge(context: Context): Command {
  const command = new Command('judge')
    .summary('judge recorded minutes of a canary')
    .description(
      `Prints the verdict of each minute with its arithmetic: pass, fail, hold, commonMode or noData. FILE is what "sluice journal HOSTNAME --judged" prints, or CSV with a header of ${COLUMNS.join(', ')}; the last two may be left out, and an empty cell is no data. A record is judged by its own settings unless options say otherwise; when its verdict is not the one of the time the command ends with 1. Whatever the verdict, it ends with 0 otherwise. Needs no AWS.`,
    )
    .requiredOption('--replay <file>', 'the minutes')
  return withJudgeOptions(command)
    .option('--calibrate', 'both arms are the same version: show how often it would have been aborted; ends with 1 when too often')
    .option('--window <minutes>', 'length of a canary for --calibrate, 5 to 2400; 60 unless told')
    .option('--json', 'print one JSON document a line for each minute; with --calibrate one document')
    .addHelpText(
      'after',
      example(
        'sluice journal media.example.com --judged > judged.jsonl',
        'sluice judge --replay judged.jsonl',
        'sluice judge --replay minutes.csv --alpha 0.001',
        'sluice judge --replay same-version.csv --calibrate',
      ),
    )
    .action((options: Options) => printed(context, options, () => run(options, context.world)))
}

async function run(options: Options, world: World): Promise<Output> {
  const window = windowOf(options)
  const text = await fileText({ place: '--replay', path: options.replay, mend: 'Name the file with the minutes.' }, world)
  // What is wrong in the options is said before what is wrong in the file.
  settingsOf({}, { ...options })
  const traces = readTrace(options.replay, text)
  if (options.calibrate !== true) return replayTrace(traces, options)
  return calibrateTrace(
    traces.map(({ minute }) => minute),
    settingsOf(traces[0]?.record?.settings ?? {}, options),
    window,
  )
}

function windowOf({ window, calibrate }: Options): number {
  if (window === undefined) return 60
  const minutes = /^\d{1,4}$/.test(window) ? Number(window) : 0
  if (calibrate === true && minutes >= 5 && minutes <= 2400) return minutes
  throw usageFailure({
    code: 'option',
    place: '--window',
    seen: calibrate === true ? JSON.stringify(window) : `${JSON.stringify(window)} without --calibrate`,
    allowed: 'whole minutes from 5 to 2400, with --calibrate',
    mend: 'Say how long a canary of yours lasts.',
  })
}
