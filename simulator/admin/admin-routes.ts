import { CHOICES } from "../choices.ts";
import type { FaultRule } from "../faults/fault-rule.ts";
import { checkOther } from "../faults/rule-schema.ts";
import { actAsOther, type OtherDeed } from "../faults/someone-else.ts";
import { addFault, clearFaults } from "../faults/strike.ts";
import { type Answer, ArmError, ok } from "../http/answer.ts";
import type { Journal, JournalFilter } from "../http/journal.ts";
import type { Arrival } from "../http/read-request.ts";
import { settle } from "../settle.ts";
import { withoutSignInSecrets } from "../sign-in/sign-in-state.ts";
import type { Simulation } from "../simulation.ts";
import type { Json } from "../state/json.ts";
import { textAt, valueAt } from "../state/json.ts";
import { statusData } from "../status/status-data.ts";
import { statusPage } from "../status/status-page.ts";
import { setOutage } from "../world/outage.ts";
import { PUBLISHED_WORLD_SCHEMA } from "../world/published-schema.ts";
import { setItem, setMachine } from "./conditions.ts";
import { setEstateMachine, setSiteServer, setVCenter, showEstate } from "./estate.ts";
import { changeHyperV, HYPER_V_CHANGES, showHyperV } from "./hyper-v.ts";

/** What admin requests work on. */
export interface AdminContext {
  readonly simulation: Simulation;
  readonly journal: Journal;
  /** Writes what somebody else did into the journal. */
  readonly noteDeed: (deed: OtherDeed) => void;
}

type AdminHandler = (context: AdminContext, arrival: Arrival) => Answer;

/** The simulator's own endpoints: they are not part of the service, not in the journal, not touched by faults. */
const ADMIN_ROUTES: Readonly<Record<string, AdminHandler>> = {
  "GET /": statusPage,
  "GET /_simulator/status": ({ simulation }) => ok(statusData(simulation)),
  "GET /_simulator/world-schema": () => ok(PUBLISHED_WORLD_SCHEMA),
  "GET /_simulator/health": ({ simulation }) =>
    ok({
      status: "ok",
      now: iso(simulation.now),
      mode: simulation.clock.mode,
      // The most it has had so far.
      memoryBytes: process.resourceUsage().maxRSS * 1024,
    }),
  "GET /_simulator/journal": ({ journal }, arrival) =>
    ok({ value: refusing(() => journal.entries(filterOf(arrival))) as unknown as Json }),
  "DELETE /_simulator/journal": ({ journal }) => {
    journal.clear();
    return { status: 204 };
  },
  "GET /_simulator/clock": ({ simulation }) => ok(clockBody(simulation)),
  "POST /_simulator/clock/advance": advanceClock,
  "GET /_simulator/faults": ({ simulation }) =>
    ok({ value: simulation.state.faults.rules as unknown as Json }),
  "POST /_simulator/faults": ({ simulation }, arrival) =>
    ok({ id: refusing(() => addFault(simulation, arrival.body as unknown as FaultRule)) }),
  "DELETE /_simulator/faults": ({ simulation }) => {
    clearFaults(simulation);
    return { status: 204 };
  },
  "GET /_simulator/state": ({ simulation }) =>
    ok(withoutSignInSecrets(simulation.state) as unknown as Json),
  "GET /_simulator/choices": () => ok({ value: CHOICES as unknown as Json }),
  "POST /_simulator/regions": setRegion,
  "POST /_simulator/machines": ({ simulation }, { body }) => setMachine(simulation, body),
  "POST /_simulator/items": ({ simulation }, { body }) => setItem(simulation, body),
  "GET /_simulator/estate": ({ simulation }) => showEstate(simulation),
  "POST /_simulator/estate/machines": ({ simulation }, { body }) =>
    setEstateMachine(simulation, body),
  "POST /_simulator/estate/vcenters": ({ simulation }, { body }) => setVCenter(simulation, body),
  "POST /_simulator/estate/servers": ({ simulation }, { body }) => setSiteServer(simulation, body),
  "GET /_simulator/hyper-v": ({ simulation }) => showHyperV(simulation),
  "POST /_simulator/someone-else": actAsSomeoneElse,
};

/** Tells whether a path is the simulator's own: the status page, or below `/_simulator/`. */
export function isOwnPath(path: string): boolean {
  return path === "/" || /^\/_simulator(\/|$)/i.test(path);
}

/** Answers a request of the simulator's own. */
export function answerAdmin(context: AdminContext, arrival: Arrival): Answer {
  const handler = ADMIN_ROUTES[`${arrival.method} ${arrival.path.toLowerCase()}`];
  const answer = handler ? handler(context, arrival) : changeHyperV(context.simulation, arrival);
  if (answer) return answer;
  throw new ArmError(
    404,
    "NotFound",
    `The simulator has no ${arrival.method} ${arrival.path}. It has: ${[...Object.keys(ADMIN_ROUTES), ...HYPER_V_CHANGES].join(", ")}.`,
  );
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

function clockBody(simulation: Simulation): Json {
  const { mode, factor } = simulation.clock;
  return { now: iso(simulation.now), mode, factor };
}

function advanceClock({ simulation }: AdminContext, { body }: Arrival): Answer {
  const by = valueAt(body, "ms") ?? valueAt(body, "to") ?? Number(valueAt(body, "seconds")) * 1000;
  refusing(() => simulation.clock.advance(by as number | string));
  settle(simulation);
  simulation.changed = true;
  return ok(clockBody(simulation));
}

function setRegion({ simulation }: AdminContext, { body }: Arrival): Answer {
  const name = textAt(body, "name") ?? "";
  refusing(() => setOutage(simulation, name, valueAt(body, "unavailable") === true));
  return ok({ unavailable: simulation.state.unavailableRegions });
}

function actAsSomeoneElse(
  { simulation, noteDeed }: AdminContext,
  { body, baseUrl }: Arrival,
): Answer {
  const deed = refusing(() => actAsOther(simulation, checkOther(body), baseUrl));
  noteDeed(deed);
  return deed.answer;
}

function filterOf({ query }: Arrival): JournalFilter {
  const text = (name: string) => query.get(name) ?? undefined;
  const method = text("method");
  const path = text("path");
  const status = text("status");
  const after = text("after");
  return {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(status !== undefined && { status: Number(status) }),
    ...(after !== undefined && { after: Number(after) }),
    ...(query.get("writesOnly") === "true" && { writesOnly: true }),
  };
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArmError) throw error;
    throw new ArmError(400, "BadRequest", (error as Error).message);
  }
}
