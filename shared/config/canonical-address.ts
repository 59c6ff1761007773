// One spelling for each address, so that what is written equals what is read back and two spellings of one address are noticed.

/** RFC 5952 for IPv6 (lower case, zeros shortened); IPv4 has one spelling already. The address has passed the schema. */
export function canonicalAddress(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address
}
