import { SiteError, type SiteErrorDetails } from "../../../errors.ts";
import { sanitize } from "../../../sanitize.ts";
import { shortened } from "../../../shortened.ts";
import type { CertificateError } from "./agents.ts";
import type { VsphereFault } from "./fault.ts";

/** Whom an error speaks of. */
export interface Party {
  /** Name under `asr:vcenters`. */
  readonly name: string;
  /** Host of its URL, with the port. */
  readonly address: string;
  readonly username: string;
  /** Kept out of every text: the password, and the sessions that were had by it. */
  readonly secrets: string[];
}

/** What was asked for. */
export interface Purpose {
  /** Method of the API. */
  readonly operation: string;
  /** Completes "refused to …": `power on web`. */
  readonly purpose: string;
}

/** A SiteError of a vCenter whose texts hold no secret. */
export function siteError(
  party: Party,
  message: string,
  details: Omit<SiteErrorDetails, "site">,
): SiteError {
  const clean = (text: string): string => sanitize(text, party.secrets);
  return new SiteError(clean(`vCenter ${party.name}: ${message}`), {
    ...details,
    ...(details.hint === undefined ? {} : { hint: clean(details.hint) }),
    site: `vcenter ${party.name}`,
  });
}

/** Faults with which the same call may succeed a little later. */
const passing = new Set([
  "TaskInProgress",
  "ResourceInUse",
  "HostCommunication",
  "HostNotConnected",
]);

const remedies: Readonly<Record<string, (party: Party, fault: VsphereFault) => string>> = {
  InvalidLogin: ({ name }) =>
    `Check asr:vcenters.${name}.username, with its domain as in user@vsphere.local, and asr:vcenters.${name}.password (GOVC_USERNAME and GOVC_PASSWORD for \`default\`); an account that is locked is refused in the same way.`,
  NoPermission: ({ name, username }, { privilegeId }) =>
    `Give the account ${username} of asr:vcenters.${name} a role with ${privilegeId || "the rights of the documentation"} on the datacenter, with propagation, and see that no "No access" lies on the object itself.`,
  NotAuthenticated: () => "Its sessions end at once; look at the vCenter's clock and load.",
  RestrictedVersion: () =>
    "The host has the free edition of ESXi, or one that has run out, and lets nothing be changed over its API: give it a licence, or use a host that has one.",
  ManagedObjectNotFound: () =>
    "It was removed, or taken into the inventory anew; run again and it is looked for by its name.",
  TaskInProgress: () => "Wait for the task that runs on it to end, then run again.",
  ResourceInUse: () => "Wait until it is free, then run again.",
  MethodDisabled: () =>
    "Another product, usually a backup, has locked this for the machine; let it finish or unlock it, then run again.",
  InvalidPowerState: (_, { existingState }) =>
    existingState === "" ? "Look at its power state." : `It is ${existingState}.`,
};

/** The error for a fault; the vCenter's own words are told. */
export function refusal(
  party: Party,
  { operation, purpose }: Purpose,
  fault: VsphereFault,
  status?: number,
): SiteError {
  const { type, message, privilegeId, property } = fault;
  const details = [
    message,
    privilegeId === "" ? "" : `lacks ${privilegeId}`,
    property === "" ? "" : `wrong is ${property}`,
  ].filter((each) => each !== "");
  // What is cut off in the middle of a secret would not be recognized.
  const words = sanitize([type, ...details].join(": "), party.secrets);
  const reason = shortened(words, longestReason).replace(/[.\s]+$/, "");
  const hint = remedies[type]?.(party, fault);
  return siteError(party, `it refused to ${purpose}: ${reason}.`, {
    operation,
    serviceCode: type,
    retryable: passing.has(type),
    ...(status === undefined ? {} : { status }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Most letters of a vCenter's words that are told. */
const longestReason = 500;

/** The error for a certificate that is not trusted: says what was presented and how to pin it. */
export function untrusted(
  party: Party,
  { operation, purpose }: Purpose,
  error: CertificateError,
): SiteError {
  const setting = `asr:vcenters.${party.name}`;
  const pinned = error.reason === "PIN";
  const why = pinned
    ? `is not the one that ${setting}.thumbprint pins`
    : `is not trusted (${error.reason})`;
  const change = pinned ? "If it was renewed, compare" : "Compare";
  return siteError(
    party,
    `the certificate of ${party.address} ${why}, so nothing was sent and it could not be asked to ${purpose}. Its SHA-256 thumbprint is ${error.fingerprint}.`,
    {
      operation,
      hint: `${change} this thumbprint with the one that the vCenter shows on its own console; if they are equal, set ${setting}.thumbprint to it${pinned ? "" : `, or ${setting}.caFile to the certificates of its authority`}. If not, somebody else answers for it.`,
    },
  );
}

/** The error for a vCenter that does not answer, or not as a vCenter does. */
export function unreachable(
  party: Party,
  { operation, purpose }: Purpose,
  what: string,
  status?: number,
): SiteError {
  return siteError(
    party,
    `${party.address} cannot be reached, so it could not be asked to ${purpose}: ${what}.`,
    {
      operation,
      ...(status === undefined ? {} : { status }),
      hint: `Check asr:vcenters.${party.name}.url (GOVC_URL for \`default\`), the network, and that the vCenter runs.`,
      retryable: true,
    },
  );
}

/** The error for a change of which nobody knows whether it took effect. */
export function effectUnknown(
  party: Party,
  { operation, purpose }: Purpose,
  what: string,
  status?: number,
): SiteError {
  return siteError(
    party,
    `it was asked to ${purpose}, and ${what}: nobody can tell whether it has begun.`,
    {
      operation,
      ...(status === undefined ? {} : { status }),
      hint: "Run again: what has taken effect is found, not done twice.",
      retryable: true,
      effectUnknown: true,
    },
  );
}
