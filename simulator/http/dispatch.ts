import { AZURE_ROUTES } from "../azure/azure-routes.ts";
import { operationResult } from "../recovery/jobs/operation.ts";
import { RECOVERY_ROUTES } from "../recovery/recovery-routes.ts";
import { refuseStranger } from "../sign-in/guard.ts";
import { SIGN_IN_ROUTES } from "../sign-in/sign-in-routes.ts";
import { newGuid, type Simulation } from "../simulation.ts";
import type { JsonObject } from "../state/json.ts";
import { type Answer, ArmError } from "./answer.ts";
import { checkPath } from "./path-rule.ts";
import {
  type Call,
  createRouter,
  type Handler,
  type Match,
  type Router,
  splitPath,
} from "./route.ts";

const router: Router = createRouter(RECOVERY_ROUTES, AZURE_ROUTES);
const signInRouter: Router = createRouter(SIGN_IN_ROUTES);

/** A request, read but not yet understood. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; absent on requests the simulator makes itself, which need no token. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  readonly baseUrl: string;
}

/** Finds and runs the handler; every refusal becomes an ARM error body. */
export function dispatch(simulation: Simulation, request: Request): Answer {
  try {
    return refuse(simulation, request) ?? handle(simulation, request);
  } catch (error) {
    if (error instanceof ArmError)
      return { status: error.status, body: error.body(newGuid(simulation)) };
    throw error;
  }
}

function refuse(simulation: Simulation, request: Request): Answer | undefined {
  const { headers, method, path } = request;
  if (!simulation.requireSignIn || !headers || signInRouter.find(method, path)) return undefined;
  return refuseStranger(simulation, { ...request, headers }, Date.now());
}

function handle(simulation: Simulation, request: Request): Answer {
  const match = signInRouter.find(request.method, request.path) ?? find(simulation, request);
  const call: Call = {
    simulation,
    ...request,
    headers: request.headers ?? {},
    params: match.params,
    apiVersion: request.query.get("api-version") ?? "2023-08-01",
    ask: (method, path) =>
      handle(simulation, { ...request, method, path, query: new URLSearchParams() }),
  };
  return match.handler(call);
}

const UNDER_VAULT = [
  "subscriptions",
  "",
  "resourcegroups",
  "",
  "providers",
  "microsoft.recoveryservices",
  "vaults",
  "",
];

function find(simulation: Simulation, request: Request): Match {
  const parts = splitPath(request.path);
  checkPath(parts);
  checkSubscription(simulation, parts);
  const result = resultOfOperation(request.method, parts);
  if (result) return result;
  const match = router.find(request.method, request.path);
  if (match) return match;
  const methods = router.methodsOf(request.path);
  if (methods.length > 0) {
    throw new ArmError(
      405,
      "MethodNotAllowed",
      `The requested resource does not support http method '${request.method}'.`,
    );
  }
  throw new ArmError(
    404,
    "InvalidResourceType",
    `The resource type could not be found in the path '${request.path}': no operation ${request.method} is known for it.`,
  );
}

/** `…/operationresults/{id}` may hang under any resource of a vault. */
function resultOfOperation(method: string, parts: readonly string[]): Match | undefined {
  const lower = parts.map((part) => part.toLowerCase());
  const fits =
    method === "GET" &&
    lower.at(-2) === "operationresults" &&
    parts.length > UNDER_VAULT.length + 2 &&
    UNDER_VAULT.every((part, index) => part === "" || part === lower[index]);
  if (!fits) return undefined;
  const [subscription, group, vault] = [parts[1], parts[3], parts[7]].map((part) =>
    decodeURIComponent(part ?? ""),
  );
  const handler: Handler = operationResult;
  return {
    handler,
    params: {
      subscription: subscription ?? "",
      group: group ?? "",
      vault: vault ?? "",
      operation: parts.at(-1) ?? "",
    },
  };
}

function checkSubscription(simulation: Simulation, parts: readonly string[]): void {
  const [word, id] = parts;
  if (word?.toLowerCase() !== "subscriptions" || id === undefined) return;
  if (simulation.state.subscriptions[id.toLowerCase()]) return;
  throw new ArmError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`);
}
