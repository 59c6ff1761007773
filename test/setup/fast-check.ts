// Properties begin from the same seed everywhere, so that a red run can be repeated; `SLUICE_SEED=<number>` explores others.
import fc from 'fast-check'

const seed = Number(process.env.SLUICE_SEED ?? 1)
if (!Number.isInteger(seed)) throw new Error(`SLUICE_SEED: allowed are whole numbers; seen ${JSON.stringify(process.env.SLUICE_SEED)}`)
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
