// The arithmetic of a verdict as a sentence.
import type { Evidence } from '#model/verdict.ts'

export type Numbers = Omit<Evidence, 'reason'>

/** `canary 6 of 60 requests failed (10 %), control 3 of 540 (0.56 %), share 10 %`. Empty where there is nothing to count. */
export function countsText({ canary, control, share, unit }: Numbers): string {
  if (canary === undefined || control === undefined) return ''
  const arm = (name: string, { requests, failures }: { requests: number; failures?: number | undefined }) => {
    if (failures === undefined) return `${name} ${counted(requests, 'request')}`
    const failing = unit === 'clients' ? `${counted(failures, 'client')} failing` : counted(failures, 'failure')
    return `${name} ${failing} in ${counted(requests, 'request')}${requests === 0 ? '' : ` (${percent(failures / requests)})`}`
  }
  return [arm('canary', canary), arm('control', control), ...(share === undefined ? [] : [`share ${percent(share)}`])].join(', ')
}

/** `log E 4.81 of 4.61 against it, 0.20 of 3.00 for it`. */
export function logsText({ logE, limit, passLogE, passLimit, metrics }: Numbers): string {
  const each = Object.entries(metrics)
  const parts = each.length < 2 ? '' : ` (${each.map(([name, one]) => `${name} ${nats(one.logE)}`).join(', ')})`
  return `log E ${nats(logE)} of ${nats(limit)} against it${parts}, ${nats(passLogE)} of ${nats(passLimit)} for it`
}

export function nats(log: number): string {
  return Math.abs(log) >= 1e6 ? log.toExponential(1) : log.toFixed(2)
}

/** Two digits that mean something: 10 %, 0.56 %, 0.05 %. */
export function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(2))} %`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
