import type { Route } from "../../http/route.ts";

/** Recovery plans. Paths are relative to the vault. */
export const PLAN_ROUTES: readonly Route[] = [];
