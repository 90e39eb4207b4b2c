import type { TokenCredential } from "@azure/identity";
import { type AzureEnvironment, type Configuration, missing } from "../../../configuration.ts";

/** Where tokens come from, per environment; the public one also heeds AZURE_AUTHORITY_HOST. */
const authorityHosts: Readonly<Partial<Record<AzureEnvironment, string>>> = {
  usgovernment: "https://login.microsoftonline.us",
  china: "https://login.chinacloudapi.cn",
};

const knownEndpoints: Readonly<Record<AzureEnvironment, string>> = {
  public: "https://management.azure.com",
  usgovernment: "https://management.usgovcloudapi.net",
  china: "https://management.chinacloudapi.cn",
};

/** The scope that a token is asked for: the environment's for its own and regional hosts, else the endpoint's. */
export function tokenScope(configuration: Configuration): string {
  const known = knownEndpoints[configuration.environment];
  const own = isKnown(configuration) ? known : configuration.endpoint;
  return `${own}/.default`;
}

function isKnown(configuration: Configuration): boolean {
  const host = new URL(configuration.endpoint).host;
  const known = new URL(knownEndpoints[configuration.environment]).host;
  return host === known || host.endsWith(`.${known}`);
}

/**
 * The credential that the configuration names: a client secret, a federated token (`asr:useOidc`),
 * or what DefaultAzureCredential finds in the environment.
 * Throws InvalidConfigurationError when a secret stands without its tenant or client.
 */
export async function createCredential(configuration: Configuration): Promise<TokenCredential> {
  const { tenantId, clientId, clientSecret } = configuration;
  const authorityHost = authorityHosts[configuration.environment];
  const options = {
    ...(authorityHost === undefined ? {} : { authorityHost }),
    // An endpoint of one's own has an authority that public Azure knows nothing of.
    disableInstanceDiscovery: !isKnown(configuration),
  };
  if (clientSecret !== undefined && !configuration.useOidc) {
    if (tenantId === undefined) throw missing("tenantId", "a client secret needs its tenant");
    if (clientId === undefined) throw missing("clientId", "a client secret needs its client id");
    const { ClientSecretCredential } = await import("@azure/identity");
    return new ClientSecretCredential(tenantId, clientId, clientSecret, options);
  }
  const identity = {
    ...options,
    ...(tenantId === undefined ? {} : { tenantId }),
  };
  if (configuration.useOidc) {
    const { WorkloadIdentityCredential } = await import("@azure/identity");
    return new WorkloadIdentityCredential({
      ...identity,
      ...(clientId === undefined ? {} : { clientId }),
    });
  }
  const { DefaultAzureCredential } = await import("@azure/identity");
  return new DefaultAzureCredential({
    ...identity,
    ...(clientId === undefined
      ? {}
      : { managedIdentityClientId: clientId, workloadIdentityClientId: clientId }),
  });
}
