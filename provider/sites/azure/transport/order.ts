import type { HttpRequest } from "./connection.ts";

/** A request with the words for what it is about. */
export interface Order extends Pick<HttpRequest, "method" | "url" | "body"> {
  /** Short name for errors, such as `unplannedFailover`. */
  readonly operation: string;
  /** What it is to do, completing "Azure refused to …": `fail over web`. */
  readonly purpose: string;
  /** True when 404 is an answer and not a refusal. */
  readonly absentAllowed?: boolean;
  /** Number of refused connections after which the endpoint counts as unreachable; absent means: until the deadline. */
  readonly connectionAttempts?: number;
}
