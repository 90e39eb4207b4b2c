import type { IncomingHttpHeaders } from "node:http";
import { type Mark, makeMark, markOf } from "./marks.ts";

/** Everything that somebody could let slip. */
export interface Secrets {
  readonly clientSecret: Mark;
  readonly vcenterPassword: Mark;
  readonly certificatePassword: Mark;
  readonly federatedToken: Mark;
  /** What the program makes secret; the service is told of it all the same. */
  readonly comments: Mark;
  /** Takes note of tokens and sessions in what a service answers. */
  hear(body: string, headers: IncomingHttpHeaders): void;
  /** Issued while the story was played: tokens of Azure, sessions of the vCenter. */
  issued(kind: "token" | "session"): readonly Mark[];
  /** All but the comments. */
  all(): readonly Mark[];
}

/** Who is believed when a platform vouches for a program. */
export const federation = { issuer: "https://tokens.example", subject: "shop" } as const;

/** Makes secrets that nobody has had before. */
export function makeSecrets(): Secrets {
  const clientSecret = makeMark("client secret");
  const vcenterPassword = makeMark("vCenter password");
  const certificatePassword = makeMark("password of the client certificate");
  const federatedToken = markOf("federated token", makeFederatedToken());
  const heard = new Map<string, Mark>();
  const note = (kind: "token" | "session", value: string | undefined): void => {
    if (value === undefined || heard.has(value)) return;
    heard.set(value, markOf(`${kind} ${heard.size + 1}`, value));
  };
  return {
    ...{ clientSecret, vcenterPassword, certificatePassword, federatedToken },
    comments: makeMark("secret comments"),
    hear(body, headers) {
      // The header of every token reads the same; the signature is what nobody else can write.
      note("token", /"access_token":"[^".]+\.[^".]+\.([^"]+)"/.exec(body)?.[1]);
      for (const cookie of headers["set-cookie"] ?? []) {
        note("session", /vmware_soap_session="?([^";]+)/.exec(cookie)?.[1]);
      }
    },
    issued: (kind) => [...heard.values()].filter(({ name }) => name.startsWith(kind)),
    all: () => [
      ...[clientSecret, vcenterPassword, certificatePassword, federatedToken],
      // Of the simulator's authority and of its sign-in.
      markOf("private key", "PRIVATE KEY-----"),
      ...heard.values(),
    ],
  };
}

/** A token as a platform gives it to a program that it runs; good until 2096. */
function makeFederatedToken(): string {
  const { issuer: iss, subject: sub } = federation;
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = encode({ iss, sub, exp: 4_000_000_000, jti: makeMark("").value });
  const signature = Buffer.from(makeMark("").value).toString("base64url");
  return `${encode({ alg: "RS256" })}.${claims}.${signature}`;
}
