import type { ExecutionContext } from "ava";
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type WorldDocument,
} from "../../simulator/index.ts";
import { type Body, SHOP, VAULT } from "./shop.ts";

/** The tenant of the world. */
export const TENANT = "99999999-8888-7777-6666-555555555555";
/** Another tenant that somebody can sign in to. */
export const FOREIGN = "88888888-0000-0000-0000-000000000000";
/** The secret of the clients that have one. */
export const SECRET = "correct horse battery staple";
/** The scope most clients ask for. */
export const ARM = "https://management.azure.com/.default";
/** How a client says that it proves itself by a token. */
export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** The shop, and who may sign in to it. */
export const WORLD: WorldDocument = {
  ...SHOP,
  tenant: TENANT,
  identities: [
    { clientId: "deployer", objectId: "object-of-deployer", secret: SECRET },
    { clientId: "builder", federated: { issuer: "https://tokens.example", subject: "shop" } },
    { clientId: "machine", managed: true },
    { clientId: "stranger", tenant: FOREIGN, secret: SECRET },
  ],
};

/** A simulator that asks for tokens, with the calls tests make. */
export interface Door {
  readonly url: string;
  /** Asks for a token; returns status and body. */
  signIn(form: Record<string, string>, tenant?: string): Promise<{ status: number; body: Body }>;
  /** Reads the vault with whatever authorization is given. */
  read(authorization?: string): Promise<{ status: number; body: Body; headers: Headers }>;
  readonly simulator: Simulator;
}

/** Starts a simulator that asks for tokens; the test ends it. */
export async function openDoor(
  t: ExecutionContext,
  options: Partial<SimulatorOptions> = {},
): Promise<Door> {
  const simulator = await startSimulator({
    world: WORLD,
    clock: "stepped",
    requireSignIn: true,
    ...options,
  });
  t.teardown(() => simulator.close());
  return {
    url: simulator.url,
    simulator,
    async signIn(form, tenant = TENANT) {
      const response = await fetch(`${simulator.url}/${tenant}/oauth2/v2.0/token?dc=ESTS`, {
        method: "POST",
        body: new URLSearchParams({ grant_type: "client_credentials", scope: ARM, ...form }),
      });
      return { status: response.status, body: await response.json() };
    },
    async read(authorization) {
      const response = await fetch(`${simulator.url}${VAULT}?api-version=2030-01-01`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
  };
}

/** A token of somebody else, as a client presents it. */
export function assertion(claims: object): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "RS256" })}.${encode(claims)}.c2lnbmF0dXJl\n`;
}

/** Signs in and returns what goes into the Authorization header. */
export async function bearer(
  door: Door,
  form: Record<string, string> = {},
  tenant: string = TENANT,
): Promise<string> {
  const { body } = await door.signIn(
    { client_id: "deployer", client_secret: SECRET, ...form },
    tenant,
  );
  return `Bearer ${body.access_token}`;
}
