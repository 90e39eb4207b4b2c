/** A header by its name, as the answer carries it. */
export type HeaderReader = (name: string) => string | undefined;

/**
 * How long the service asks to wait, in milliseconds; undefined when it does not ask.
 * `retry-after-ms` wins over `Retry-After`, which is read as seconds or as an HTTP date.
 */
export function retryAfterMilliseconds(header: HeaderReader, now: Date): number | undefined {
  const milliseconds = nonNegative(header("retry-after-ms") ?? header("x-ms-retry-after-ms"));
  if (milliseconds !== undefined) return milliseconds;
  const text = header("retry-after");
  const seconds = nonNegative(text);
  if (seconds !== undefined) return seconds * 1000;
  const date = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

function nonNegative(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined;
  return Number(text);
}
