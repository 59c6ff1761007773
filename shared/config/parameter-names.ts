// Names of the parameters that carry a stage's configuration.

export type ParameterGroup = 'providers' | 'hostnames'

/** Everything of a stage lies under this path; no trailing slash. */
export function stagePath(stage: string): string {
  return `/sluice/${stage}`
}

/** `/sluice/<stage>/policy` and `/sluice/<stage>/stack`. */
export function stageParameter(stage: string, name: 'policy' | 'stack'): string {
  return `${stagePath(stage)}/${name}`
}

/** `/sluice/<stage>/hostnames/_wildcard.example.com`: SSM allows letters, digits, `.`, `-` and `_` in names, so `*` is written out. */
export function entryParameter(stage: string, group: ParameterGroup, name: string): string {
  return `${stagePath(stage)}/${group}/${name.replace(/^\*/, '_wildcard')}`
}
