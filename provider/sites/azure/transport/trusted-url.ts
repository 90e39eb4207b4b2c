/**
 * The URL, when it leads to the endpoint itself or to a regional host of it
 * (such as `centraluseuap.management.azure.com`); undefined otherwise, for a token is sent along.
 * An absolute URL comes back verbatim: the service signs its poll URLs.
 */
export function trustedUrl(endpoint: string, url: string): string | undefined {
  if (url === "" || !URL.canParse(url, endpoint)) return undefined;
  const target = new URL(url, endpoint);
  const own = new URL(endpoint);
  if (target.protocol !== own.protocol) return undefined;
  const same = target.host === own.host || target.host.endsWith(`.${own.host}`);
  if (!same) return undefined;
  return URL.canParse(url) ? url : target.href;
}
