// How every SDK client of the product is made: the SDK's adaptive retries, and nothing else.

/** `adaptive` slows down when a service throttles; Route 53's bucket is shared by the whole account. */
export const clientDefaults = { retryMode: 'adaptive', maxAttempts: 5 } as const
