// The scenarios and targets of docs/control.md.
import { Scenario, type ScenarioProvider } from './scenario.ts'

const NAMES = ['alpha', 'beta', 'gamma'] as const
const RATINGS = [500, 300, 200] as const

/** Three providers of 500, 300 and 200 requests/s, with one thing changed at the first. */
function three(first: Partial<ScenarioProvider>): object[] {
  return RATINGS.map((rating, p) => ({ name: NAMES[p], rating, capacity: rating, ...(p === 0 ? first : {}) }))
}

/** Writes and reversals of an event. A return is one of the events with the most writes: it grows for 15 minutes, by one write each dead time. */
const EVENT = { writes: 4, writes95: 10, quietWrites: 0, reversals: 1.5 }
/** The run begins with a red check: one write answers it, or two where one step may not go so far (the velocity guard). */
const RETURN = { failedPercent: 0.05, writes95: 10, quietWrites: 2, reversals: 1.5 }

export const listed: readonly Scenario[] = [
  {
    name: 'brownout by 60 %, check green',
    providers: three({
      capacity: {
        steps: [
          [-1e6, 500],
          [0, 200],
        ],
      },
    }),
    demand: 600,
    targets: [
      { ...EVENT, failedPercent: 1.4, movedSeconds: 150 },
      { ...EVENT, failedPercent: 1.25, movedSeconds: 135 },
      { ...EVENT, failedPercent: 0.6, movedSeconds: 75 },
    ],
  },
  {
    name: 'brownout by 90 %, 45 % demand',
    providers: three({
      capacity: {
        steps: [
          [-1e6, 500],
          [0, 50],
        ],
      },
    }),
    demand: 450,
    targets: [
      { ...EVENT, failedPercent: 3.5 },
      { ...EVENT, failedPercent: 3.2 },
      { ...EVENT, failedPercent: 1.6 },
    ],
  },
  {
    name: 'hard failure',
    providers: three({
      capacity: {
        steps: [
          [-1e6, 500],
          [0, 0],
        ],
      },
      reportedCapacity: {
        steps: [
          [-1e6, 500],
          [0, 0],
        ],
      },
    }),
    demand: 450,
    targets: [
      { ...EVENT, aboveStatic: 0.05 },
      { ...EVENT, aboveStatic: 0.05 },
      { ...EVENT, aboveStatic: 0.05 },
    ],
  },
  {
    name: 'cold return, warm-up not visible',
    providers: three({
      capacity: {
        ramp: [
          [-1e6, 25],
          [0, 25],
          [720, 500],
        ],
      },
      probe: {
        steps: [
          [-1e6, 0],
          [0, 1],
        ],
      },
    }),
    demand: 450,
    targets: [RETURN, RETURN, RETURN],
  },
  {
    name: 'cold return, warm-up visible',
    providers: three({
      capacity: {
        ramp: [
          [-1e6, 25],
          [0, 25],
          [720, 500],
        ],
      },
      reportedCapacity: {
        ramp: [
          [-1e6, 25],
          [0, 25],
          [720, 500],
        ],
      },
      probe: {
        steps: [
          [-1e6, 0],
          [0, 1],
        ],
      },
    }),
    demand: 450,
    targets: [RETURN, RETURN, RETURN],
  },
  {
    name: 'quiet, ±10 %',
    providers: three({}),
    demand: 600,
    noise: 0.1,
    targets: [
      { writes: 0, quietWrites: 0, reversals: 0 },
      { writes: 0, quietWrites: 0, reversals: 0 },
      { writes: 0, quietWrites: 0, reversals: 0 },
    ],
  },
].map((one) => Scenario.parse(one))
