import { createHash, scryptSync, timingSafeEqual } from "node:crypto";
import type { Simulation } from "../simulation.ts";
import { guidFrom } from "../state/identifiers.ts";
import type { SimulatorState } from "../state/model.ts";
import type { WorldIdentity } from "../world/world-document.ts";

/** Somebody who may sign in, without the secret itself. */
export interface Identity {
  readonly clientId: string;
  readonly objectId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly secretHash?: string;
  /** Whose assertions stand for this identity. */
  readonly federated?: { readonly issuer: string; readonly subject: string };
  /** Whether the managed-identity endpoint gives tokens of it. */
  readonly managed: boolean;
}

/** What sign-in keeps over a restart. */
export interface SignInState {
  readonly identities: readonly Identity[];
}

/** Identities of a world, their secrets turned into hashes. */
export function signInStateOf(
  identities: readonly WorldIdentity[],
  tenantId: string,
  seed: string,
): SignInState {
  return {
    identities: identities.map((identity) => ({
      clientId: identity.clientId,
      objectId: identity.objectId ?? guidFrom(seed, "identity", identity.clientId.toLowerCase()),
      tenantId: identity.tenant ?? tenantId,
      name: identity.name ?? identity.clientId,
      managed: identity.managed ?? false,
      ...(identity.secret !== undefined && {
        secretHash: hashOf(identity.clientId, identity.secret),
      }),
      ...(identity.federated && { federated: identity.federated }),
    })),
  };
}

/** The identity with a client id; in a world that names none, anybody is one (CH-SIGN-IN). */
export function findIdentity(
  simulation: Simulation,
  clientId: string,
  tenantId: string,
): Identity | undefined {
  const { state } = simulation;
  const { identities } = state.signIn;
  if (identities.length > 0) {
    const key = clientId.toLowerCase();
    return identities.find(
      (identity) => identity.clientId.toLowerCase() === key && identity.tenantId === tenantId,
    );
  }
  const objectId = guidFrom(state.seed, "identity", clientId.toLowerCase());
  return { clientId, objectId, tenantId, name: clientId, managed: true };
}

/** The tenants somebody can sign in to, the world's own first. */
export function tenantsOf(state: SimulatorState): readonly string[] {
  const others = state.signIn.identities.map((identity) => identity.tenantId);
  return [...new Set([state.tenantId, ...others])];
}

/** Tells whether a secret is the identity's; a world that names no identities takes any. */
export function isSecretOf(simulation: Simulation, identity: Identity, secret: string): boolean {
  if (simulation.state.signIn.identities.length === 0) return secret !== "";
  if (identity.secretHash === undefined) return false;
  const given = Buffer.from(hashOf(identity.clientId, secret));
  return timingSafeEqual(given, Buffer.from(identity.secretHash));
}

/** The state as it may be shown: no hashes. */
export function withoutSignInSecrets(state: SimulatorState): SimulatorState {
  const identities = state.signIn.identities.map(({ secretHash, ...identity }) => identity);
  return { ...state, signIn: { identities } };
}

function hashOf(clientId: string, secret: string): string {
  const salt = createHash("sha256").update(clientId.toLowerCase()).digest();
  return scryptSync(secret, salt, 32).toString("base64");
}
