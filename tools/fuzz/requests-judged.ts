import type { Simulator } from "../../simulator/index.ts";
import { elsewhere } from "./hostile.ts";
import { WrongAnswerError } from "./target.ts";

/** Reads by POST: none changes anything. */
const readingPosts = /\/(listKeys|checkNameAvailability)$/i;

/**
 * Looks at the requests that a check has sent: it may read only, and what an identifier holds must stay in its one
 * segment. Forgets them afterwards.
 */
export function judgeRequests(simulator: Simulator): void {
  const requests = simulator.journal();
  simulator.clearJournal();
  for (const { method, path, query } of requests) {
    if (method !== "GET" && !readingPosts.test(path)) {
      throw new WrongAnswerError(`a check wrote: ${method} ${path}`);
    }
    const strays =
      path.split("/").includes(elsewhere) ||
      Object.keys(query).some((name) => !/^(api-version|\$\w+|skipToken)$/i.test(name));
    if (strays) {
      const text = new URLSearchParams(query).toString();
      throw new WrongAnswerError(`a text broke out of its place: ${method} ${path}?${text}`);
    }
  }
}
