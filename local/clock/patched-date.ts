// A Date that tells the clock's time: a proxy over the real one, so that instanceof, structuredClone and checks of its prototype keep working.

/** @param nowMillis epoch milliseconds of the clock */
export function patchDate(RealDate: DateConstructor, nowMillis: () => number): DateConstructor {
  const now = (): number => Math.floor(nowMillis())
  const patched: DateConstructor = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === patched ? target : newTarget),
    // Called without `new`, Date ignores its arguments and answers a string (ECMA-262, 21.4.2.1).
    apply: (target) => new target(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  })
  RealDate.prototype.constructor = patched
  return patched
}
