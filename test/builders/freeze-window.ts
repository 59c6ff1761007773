// A freeze window as sluice.yaml has it: every weekend in Berlin, unless a test says otherwise.

export const aWeekend = (more: object = {}) => ({
  name: 'weekend',
  start: '2026-01-02T18:00',
  duration: 'P2DT14H',
  rrule: 'FREQ=WEEKLY',
  timeZone: 'Europe/Berlin',
  ...more,
})
