import { settings } from "../../../configuration.ts";
import { SiteError, type SiteErrorDetails } from "../../../errors.ts";
import type { Connection, HttpAnswer } from "./connection.ts";
import type { Order } from "./order.ts";
import { serviceWords } from "./service-error.ts";

/** The name of this site in errors. */
export const siteName = "azure";

/** A SiteError of Azure whose texts hold no secret. */
export function siteError(
  connection: Pick<Connection, "sanitize">,
  message: string,
  details: Omit<SiteErrorDetails, "site">,
): SiteError {
  return new SiteError(connection.sanitize(message), {
    ...details,
    ...(details.hint === undefined ? {} : { hint: connection.sanitize(details.hint) }),
    site: siteName,
  });
}

/** Names the settings of the sign-in with their variables. */
export function signInHint(): string {
  const named = ["tenantId", "clientId", "clientSecret"].map((key) => {
    const variables = settings.find((each) => each.key === key)?.variables ?? [];
    return `asr:${key} (${variables.join(" or ")})`;
  });
  return `Set ${named.join(", ")} for a service principal, asr:useOidc for a federated token, or sign in with \`az login\`.`;
}

const hints: Readonly<Record<number, string>> = {
  401: signInHint(),
  403: "Give the identity that signs in the role Site Recovery Contributor on the vault, and Contributor on the resource groups of both sides.",
};

/** The error for an answer that refuses. */
export function refusal(connection: Connection, order: Order, answer: HttpAnswer): SiteError {
  const words = serviceWords(answer.body);
  const reason = words.text === "" ? "The answer does not say why." : words.text;
  const hint = hints[answer.status];
  return siteError(connection, `Azure refused to ${order.purpose} (${answer.status}): ${reason}`, {
    operation: order.operation,
    status: answer.status,
    ...(words.code === "" ? {} : { serviceCode: words.code }),
    ...(hint === undefined ? {} : { hint }),
    retryable: answer.status === 409 || answer.status === 412,
  });
}

/** The error for a write of which nobody knows whether it took effect. */
export function effectUnknown(
  connection: Connection,
  order: Order,
  what: string,
  status?: number,
): SiteError {
  return siteError(
    connection,
    `Azure was asked to ${order.purpose}, and ${what}: nobody can tell whether it has begun.`,
    {
      operation: order.operation,
      ...(status === undefined ? {} : { status }),
      hint: "Run again: what did begin will be found and followed, not begun twice.",
      retryable: true,
      effectUnknown: true,
    },
  );
}

/** The error for an endpoint that cannot be reached or trusted. */
export function unreachable(connection: Connection, order: Order, what: string): SiteError {
  return siteError(
    connection,
    `asr:endpoint: ${connection.endpoint} cannot be reached, so Azure could not be asked to ${order.purpose}: ${what}.`,
    {
      operation: order.operation,
      hint: "Check asr:endpoint (or ARM_ENDPOINT), asr:environment, the network and the proxy; a private certificate authority is given with NODE_EXTRA_CA_CERTS.",
      retryable: true,
    },
  );
}
