import type * as pulumi from "@pulumi/pulumi";

/** Proxies made so far; Pulumi serializes each object once, so one per token is shared by all resources. */
const proxies = new Map<string, pulumi.dynamic.ResourceProvider>();

/**
 * The proxy of a resource type. Pulumi writes its source text into state and runs that text again
 * years later, so it holds nothing but the way to the installed package: `pulumi-asr/dynamic-host`
 * and the names used below are frozen, and a test compares the text with the one first published.
 */
export function proxyOf(token: string): pulumi.dynamic.ResourceProvider {
  const known = proxies.get(token);
  if (known !== undefined) return known;
  const made = createProxy(token);
  proxies.set(token, made);
  return made;
}

function createProxy(token: string): pulumi.dynamic.ResourceProvider {
  return {
    configure: async (request) =>
      (await import("pulumi-asr/dynamic-host")).host(token).configure(request),
    check: async (olds, news) =>
      (await import("pulumi-asr/dynamic-host")).host(token).check(olds, news),
    diff: async (id, olds, news) =>
      (await import("pulumi-asr/dynamic-host")).host(token).diff(id, olds, news),
    create: async (inputs) => (await import("pulumi-asr/dynamic-host")).host(token).create(inputs),
    read: async (id, state) =>
      (await import("pulumi-asr/dynamic-host")).host(token).read(id, state),
    update: async (id, olds, news) =>
      (await import("pulumi-asr/dynamic-host")).host(token).update(id, olds, news),
    delete: async (id, state) =>
      (await import("pulumi-asr/dynamic-host")).host(token).delete(id, state),
  };
}
