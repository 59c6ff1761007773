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

export const own: readonly Scenario[] = [
  {
    // One cloud takes a quarter less than it is rated at, and says so: at half the demand nobody notices.
    name: 'flash crowd: demand nearly doubles in five minutes',
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
    providers: three({ capacity: from(400, 160), pull: 1.2 }),
    demand: 550,
  },
  {
    name: 'capacity halves and says so',
    providers: three({ capacity: from(400, 200), reportedCapacity: from(400, 200), reportsUtilisation: true }),
    demand: 600,
  },
  {
    name: 'brownout, single resolvers that draw',
    providers: three({ capacity: from(400, 160) }),
    demand: 550,
    model: 'stochastic',
  },
].map((one) =>
  Scenario.parse({
    ...one,
    phases: 5,
    seeds: [11, 12],
    timings: [{ lagSeconds: 60, tickSeconds: 60, windowSeconds: 60 }],
    targets: [{ aboveStatic: 2, writes: 10 }],
  }),
)
