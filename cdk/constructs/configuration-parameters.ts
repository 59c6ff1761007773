// The configuration of a stage in Parameter Store, where the functions read it, and the names that the command line needs.
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm'
import { Construct } from 'constructs'
import { configurationParameters, type StackNames } from '#config/configuration-parameters.ts'
import { stageParameter } from '#config/parameter-names.ts'
import type { Configuration } from '#model/configuration.ts'
import type { IngressHealthChecks } from './ingress-health-checks.ts'

/** A standard parameter holds 4 KB (4,096 characters), an advanced one 8 KB and costs $0.05 a month; ids of health checks are still short here. */
const STANDARD_LIMIT = 4096
const ADVANCED_LIMIT = 8192
const ID_LENGTH = 36

export interface ConfigurationParametersProps {
  readonly configuration: Configuration
  readonly healthChecks: IngressHealthChecks
  readonly stack: StackNames
}

export class ConfigurationParameters extends Construct {
  constructor(scope: Construct, id: string, { configuration, healthChecks, stack }: ConfigurationParametersProps) {
    super(scope, id)
    const sized = configurationParameters(configuration, () => 'x'.repeat(ID_LENGTH))
    const values = configurationParameters(configuration, (provider, endpoint) => healthChecks.idOf(provider, endpoint))
    for (const [name, value] of values) this.#parameter(name, value, (sized.get(name) ?? value).length)
    const names = JSON.stringify(stack)
    this.#parameter(stageParameter(configuration.stage, 'stack'), names, 0)
  }

  #parameter(parameterName: string, stringValue: string, length: number): void {
    if (length > ADVANCED_LIMIT) {
      throw new RangeError(
        `${parameterName}: its value has ${length} characters, allowed are ${ADVANCED_LIMIT} (Parameter Store). Use fewer endpoints at this provider.`,
      )
    }
    new StringParameter(this, parameterName.slice(1).replaceAll('/', '-'), {
      parameterName,
      stringValue,
      tier: length > STANDARD_LIMIT ? ParameterTier.ADVANCED : ParameterTier.STANDARD,
      description: 'Written by the deployment from sluice.yaml; not to be edited here.',
    })
  }
}
