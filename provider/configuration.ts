import { InvalidConfigurationError } from "./errors.ts";
import { durationMilliseconds } from "./inputs/duration.ts";
import {
  isLoopback,
  readVCenters,
  shown,
  type VCenterSettings,
  vcenterSecrets,
  vcenterVariables,
} from "./vcenter-settings.ts";

export type { VCenterSettings } from "./vcenter-settings.ts";
export { isLoopback } from "./vcenter-settings.ts";

/** Which Azure the provider talks to. */
export type AzureEnvironment = "public" | "usgovernment" | "china";

/** The provider's settings, complete and checked. Secrets live here and nowhere else. */
export interface Configuration {
  /** Default subscription of resources; required. */
  readonly subscriptionId: string;
  /** Default resource group of vaults; absent when every resource names its own. */
  readonly resourceGroup?: string;
  /** Default vault, by name. */
  readonly vault?: string;
  /** Resource Manager URL without trailing slash. */
  readonly endpoint: string;
  readonly environment: AzureEnvironment;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly useOidc: boolean;
  /** vCenters and stand-alone ESXi hosts by the name that resources call them; empty when there are none. */
  readonly vcenters?: Readonly<Record<string, VCenterSettings>>;
  /** How long to wait between two looks at a machine's state or a job, in milliseconds. */
  readonly pollingIntervalMilliseconds: number;
}

/** One setting: its configuration key, the environment variables that may carry it, and whether it is secret. */
export interface Setting {
  readonly key: string;
  readonly variables: readonly string[];
  readonly secret: boolean;
  readonly description: string;
}

/** Every setting of the provider, in the order the documentation lists them. */
export const settings: readonly Setting[] = [
  {
    key: "subscriptionId",
    variables: ["ARM_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"],
    secret: false,
    description: "Subscription that vaults are looked for in when a resource names only a vault.",
  },
  {
    key: "resourceGroup",
    variables: ["ASR_RESOURCE_GROUP"],
    secret: false,
    description: "Resource group of vaults that are named without one.",
  },
  {
    key: "vault",
    variables: ["ASR_VAULT"],
    secret: false,
    description: "Name of the vault of every resource that names none.",
  },
  {
    key: "endpoint",
    variables: ["ARM_ENDPOINT"],
    secret: false,
    description:
      "Resource Manager URL; the default follows `environment`. Plain http is accepted for loopback addresses only.",
  },
  {
    key: "environment",
    variables: ["ARM_ENVIRONMENT"],
    secret: false,
    description: "`public` (default), `usgovernment` or `china`.",
  },
  {
    key: "tenantId",
    variables: ["ARM_TENANT_ID", "AZURE_TENANT_ID"],
    secret: false,
    description: "Tenant of the service principal.",
  },
  {
    key: "clientId",
    variables: ["ARM_CLIENT_ID", "AZURE_CLIENT_ID"],
    secret: false,
    description: "Client id of the service principal or the managed identity.",
  },
  {
    key: "clientSecret",
    variables: ["ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET"],
    secret: true,
    description: "Secret of the service principal.",
  },
  {
    key: "useOidc",
    variables: ["ARM_USE_OIDC"],
    secret: false,
    description: "`true` signs in with a federated token (workload identity).",
  },
  {
    key: "vcenters",
    variables: Object.values(vcenterVariables),
    secret: true,
    description:
      "vCenters and stand-alone ESXi hosts by name: a JSON object of `{url, username, password}` with `thumbprint` (SHA-256 of the certificate) or `caFile`. The variables together name one, called `default`.",
  },
  {
    key: "pollingInterval",
    variables: ["ASR_POLLING_INTERVAL"],
    secret: false,
    description:
      "How long to wait between two looks at a machine's state, as an ISO 8601 duration; default `PT10S`, from `PT0.05S` to `P1D`. The service's own `Retry-After` goes first.",
  },
];

const defaultEndpoints: Readonly<Record<AzureEnvironment, string>> = {
  public: "https://management.azure.com",
  usgovernment: "https://management.usgovcloudapi.net",
  china: "https://management.chinacloudapi.cn",
};

/**
 * Reads the configuration: stack configuration first, then the environment.
 * Throws InvalidConfigurationError that names the setting, before anything is asked of a site.
 */
export function readConfiguration(
  get: (key: string) => string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const value = (key: string): string | undefined => {
    const setting = settings.find((each) => each.key === key);
    const candidates = [get(key), ...(setting?.variables ?? []).map((name) => environment[name])];
    return candidates.find((each) => each !== undefined && each !== "");
  };
  const azure = environmentOf(value("environment") ?? "public");
  const subscriptionId = value("subscriptionId");
  if (subscriptionId === undefined) {
    throw missing("subscriptionId", "the Azure subscription is not set");
  }
  const optional = {
    resourceGroup: value("resourceGroup"),
    vault: value("vault"),
    tenantId: value("tenantId"),
    clientId: value("clientId"),
    clientSecret: value("clientSecret"),
  };
  return {
    subscriptionId,
    environment: azure,
    endpoint: endpointOf(value("endpoint") ?? defaultEndpoints[azure]),
    useOidc: value("useOidc") === "true",
    pollingIntervalMilliseconds: pollingIntervalOf(value("pollingInterval") ?? "PT10S"),
    vcenters: readVCenters(get("vcenters"), environment),
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, each]) => each !== undefined),
    ) as Partial<Configuration>),
  };
}

/** What others of Azure's ways to sign in take their secrets from; DefaultAzureCredential knows them. */
const signInVariables = [
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_PASSWORD",
  "IDENTITY_HEADER",
  "MSI_SECRET",
];

/**
 * Fewest letters of a text that is kept out of messages, in characters: a shorter one is part of ordinary words, and
 * hiding it would blot the names of machines.
 */
export const shortestSecret = 4;

/** Every secret that stack configuration and environment hold, to be kept out of texts. */
export function readSecrets(
  get: (key: string) => string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  // Of a vCenter only the password is secret, not its address.
  const simple = settings.filter((setting) => setting.secret && setting.key !== "vcenters");
  return [
    ...simple.flatMap(({ key, variables }) => [
      get(key),
      ...variables.map((name) => environment[name]),
    ]),
    ...signInVariables
      .map((name) => environment[name])
      .filter((value) => value !== undefined && value.length >= shortestSecret),
    ...vcenterSecrets(get("vcenters"), environment),
  ].filter((value): value is string => value !== undefined && value !== "");
}

/** The error for a setting that is needed and absent: names the key and its variables. */
export function missing(key: string, what: string): InvalidConfigurationError {
  const setting = settings.find((each) => each.key === key);
  const flag = setting?.secret ? "--secret " : "";
  const variables = setting?.variables.join(" or ") ?? "";
  return new InvalidConfigurationError(`asr:${key}`, `asr:${key}: ${what}.`, {
    hint: `Set it with \`pulumi config set ${flag}asr:${key} …\` or the environment variable ${variables}.`,
  });
}

function environmentOf(text: string): AzureEnvironment {
  if (text === "public" || text === "usgovernment" || text === "china") return text;
  throw new InvalidConfigurationError(
    "asr:environment",
    `asr:environment: "${shown(text)}" is no Azure environment.`,
    { hint: "Use public, usgovernment or china." },
  );
}

/** Longer waits than a day would hide what happens, and from 25 days on a timer does not wait at all. */
const pollingMilliseconds = { least: 50, most: 86_400_000 } as const;

function pollingIntervalOf(text: string): number {
  const milliseconds = durationMilliseconds(text);
  const { least, most } = pollingMilliseconds;
  if (milliseconds !== undefined && milliseconds >= least && milliseconds <= most) {
    return milliseconds;
  }
  throw new InvalidConfigurationError(
    "asr:pollingInterval",
    `asr:pollingInterval: "${shown(text)}" is no duration from PT0.05S to P1D.`,
    { hint: "Write an ISO 8601 duration such as PT10S." },
  );
}

function endpointOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new InvalidConfigurationError(
      "asr:endpoint",
      `asr:endpoint: "${shown(text)}" is no http(s) URL.`,
      {
        hint: "Give the Resource Manager URL, such as https://management.azure.com.",
      },
    );
  }
  if (url.protocol === "http:" && !isLoopback(url)) {
    throw new InvalidConfigurationError(
      "asr:endpoint",
      `asr:endpoint: plain http is accepted for loopback addresses only, not for ${shown(url.host)}.`,
      { hint: "Use https." },
    );
  }
  return text.replace(/\/+$/, "");
}
