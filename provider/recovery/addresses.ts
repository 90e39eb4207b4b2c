/** The 32 bits of an IPv4 address; undefined when the text is none. */
function ipv4Bits(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let bits = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    bits = bits * 256 + Number(part);
  }
  return bits;
}

/**
 * True when an address lies in one of the CIDR ranges.
 * Ranges and addresses that are not IPv4 are taken as fitting: only a certain mistake is one.
 */
export function addressInPrefixes(address: string, prefixes: readonly string[]): boolean {
  const bits = ipv4Bits(address);
  if (bits === undefined) return true;
  return prefixes.some((prefix) => {
    const [base = "", length = ""] = prefix.split("/");
    const start = ipv4Bits(base);
    if (start === undefined || !/^\d{1,2}$/.test(length)) return true;
    const size = 2 ** (32 - Number(length));
    return Math.floor(bits / size) === Math.floor(start / size);
  });
}
