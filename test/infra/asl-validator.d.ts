// asl-validator has no types of its own; this is what is used of it.
declare module 'asl-validator' {
  type Finding = { readonly 'Error code': string; readonly Message?: string }
  export default function validate(
    definition: object,
    options?: { readonly checkArn?: boolean; readonly checkPaths?: boolean },
  ): { readonly isValid: boolean; readonly errors: readonly Finding[] }
}
