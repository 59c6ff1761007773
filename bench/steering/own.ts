// Scenarios beside the listed ones: things that happen to somebody who runs this for a year.
import { Scenario } from './scenario.ts'

const three = (first: object) => [
  { name: 'alpha', rating: 400, capacity: 400, ...first },
  { name: 'beta', rating: 350, capacity: 350 },
  { name: 'gamma', rating: 250, capacity: 250 },
]
const from = (before: number, after: number) => ({
  steps: [
    [-1e6, before],
    [0, after],
  ],
})

/** `quietWrites`: nobody writes where nothing is wrong; where a run begins with something that is, one write puts it right. */
export const own: readonly Scenario[] = [
  {
    // One cloud takes a quarter less than it is rated at, and says so: at half the demand nobody notices.
    name: 'flash crowd: demand nearly doubles in five minutes',
    quietWrites: 1,
    providers: three({ capacity: 300, reportedCapacity: 300 }),
    demand: {
      ramp: [
        [-1e6, 450],
        [0, 450],
        [300, 860],
      ],
    },
  },
  {
    name: 'brownout while the metrics of the others are missing',
    quietWrites: 0,
    providers: three({ capacity: from(400, 200) }).map((one, p) =>
      p === 0
        ? one
        : {
            ...one,
            missing: {
              load: {
                steps: [
                  [-1e6, 0],
                  [120, 1],
                  [600, 0],
                ],
              },
            },
          },
    ),
    demand: 550,
  },
  {
    name: 'brownout behind resolvers that favour one cloud by a fifth',
    quietWrites: 1,
    providers: three({ capacity: from(400, 160), pull: 1.2 }),
    demand: 550,
  },
  {
    name: 'capacity halves and says so',
    quietWrites: 0,
    providers: three({ capacity: from(400, 200), reportedCapacity: from(400, 200), reportsUtilisation: true }),
    demand: 600,
  },
  {
    name: 'brownout, single resolvers that draw',
    quietWrites: 0,
    providers: three({ capacity: from(400, 160) }),
    demand: 550,
    model: 'stochastic',
  },
].map(({ quietWrites, ...one }) => {
  const target = { aboveStatic: 2, regret: 0.5, writes: 4, writes95: 10, quietWrites, reversals: 1.5 }
  return Scenario.parse({ ...one, phases: 5, seeds: [11, 12], targets: [target, target, target] })
})
