import type { Choice } from "../choices.ts";

/** What the simulator had to choose about sign-in. */
export const SIGN_IN_CHOICES: readonly Choice[] = [
  {
    id: "CH-SIGN-IN",
    what: "Plain http takes requests without a token, TLS and --require-sign-in do not. A world without identities lets any client id with any secret sign in.",
    why: "Programs under test need no credentials; stock clients refuse to work without.",
  },
  {
    id: "CH-TOKEN-TIME",
    what: "Tokens live 3599 seconds of the computer's own time, not of virtual time.",
    why: "Clients renew them by their own clocks, and an accelerated hour is over in seconds.",
  },
  {
    id: "CH-ASSERTION",
    what: "A federated token is checked for form, expiry, issuer and subject, not for its signature.",
    why: "Its issuer's keys are elsewhere; the simulator asks nobody.",
  },
  {
    id: "CH-FOREIGN-TENANT",
    what: "A token of another tenant of the simulator: 403 InvalidAuthenticationTokenTenant.",
    why: "The code is the service's; it sends it with 401 on some paths, and clients then sign in again.",
  },
];
