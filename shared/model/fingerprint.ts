// A short fingerprint of a text: tells apart what differs by chance or by change. Not a cryptographic hash.

/** FNV-1a, 64 bits (draft-eastlake-fnv): 16 hex digits. */
export function fingerprintOf(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}
