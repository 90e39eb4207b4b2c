import type { Route } from "../http/route.ts";
import { DISCOVERY_ROUTES } from "./discovery-routes.ts";
import { MANAGED_IDENTITY_ROUTES } from "./managed-identity.ts";
import { TOKEN_ROUTES } from "./token-routes.ts";

/** Everything that is asked before there is a token. */
export const SIGN_IN_ROUTES: readonly Route[] = [
  ...DISCOVERY_ROUTES,
  ...MANAGED_IDENTITY_ROUTES,
  ...TOKEN_ROUTES,
];
