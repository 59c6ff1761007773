// Asks again until something comes: a hidden, travelling or running thing needs a moment.

/** The last answer, whatever it is, when `isEnough` never holds. */
export async function until<T>(ask: () => Promise<T>, isEnough: (answer: T) => boolean, seconds = 5): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (isEnough(answer) || Date.now() > end) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
