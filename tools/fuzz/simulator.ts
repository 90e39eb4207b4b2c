import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Simulator, startSimulator, type WorldDocument } from "../../simulator/index.ts";
import { hyperVWorld } from "../../test/provider/actions/hyper-v-world.ts";
import { plantOne } from "../../test/provider/actions/site-world.ts";
import { ids, orders } from "../../test/provider/actions/test-bed.ts";
import { type RawAnswer, type RawRequest, sendRaw } from "./raw-request.ts";
import { requestCases } from "./request-cases.ts";
import { type Answer, type Target, WrongAnswerError } from "./target.ts";

const identities = [
  { clientId: "deployer", objectId: "o", secret: "correct horse" },
  { clientId: "builder", federated: { issuer: "https://tokens.example", subject: "shop" } },
  { clientId: "machine", managed: true },
];

const world = { tenant: "99999999-8888-7777-6666-555555555555", identities };
const worlds: readonly WorldDocument[] = [
  orders({ world }),
  plantOne("classic", { world }),
  plantOne("modernized", { world }),
  hyperVWorld("HyperVToAzure", { world }),
  hyperVWorld("VmmToVmm", { world }),
];

/** A world, and what it is asked for one after the other. */
interface RequestsCase {
  readonly world: number;
  readonly requireSignIn: boolean;
  readonly requests: readonly RawRequest[];
}

/** What must be answered whatever was asked before. */
const lists: readonly string[] = [
  ...["replicationProtectedItems", "replicationJobs", "replicationFabrics", "replicationEvents"],
  ...["replicationRecoveryPlans", "replicationPolicies", "replicationProtectionContainerMappings"],
].map((name) => `${ids.vault}/${name}?api-version=2024-04-01`);

/** Every request to the simulator: operations of the service, its own endpoints, and the sign-in. */
export const simulatorTarget: Target<RequestsCase> = {
  name: "simulator",
  requirement: "Q-11",
  promise: "any request is answered, the world stays whole, and its snapshot is read again",
  async open() {
    const folder = mkdtempSync(join(tmpdir(), "fuzz-simulator-"));
    const stateFile = join(folder, "state.json");
    const cases = await Promise.all(worlds.map(async (world) => requestCases(await idsOf(world))));
    return {
      cases: fc.oneof(
        ...cases.map((requests, index) =>
          fc.record({
            world: fc.constant(index),
            requireSignIn: fc.nat(9).map((each) => each === 9),
            requests,
          }),
        ),
      ),
      async answer({ world, requireSignIn, requests }) {
        const document = worlds[world];
        if (document === undefined) throw new Error("no world");
        rmSync(stateFile, { force: true });
        const options = { world: document, clock: "stepped", stateFile } as const;
        const simulator = await startSimulator({ ...options, requireSignIn });
        let answer: Answer = "failures";
        let hadVault = true;
        try {
          for (const request of requests) {
            if (await judged(simulator, request)) answer = "result";
            simulator.clock.advance(600_000);
          }
          simulator.clearFaults();
          if (!requireSignIn) hadVault = await judgeLists(simulator);
        } finally {
          await simulator.close();
        }
        const again = await startSimulator(options);
        try {
          again.clock.advance(600_000);
          const hasVault = await judgeLists(again);
          if (!requireSignIn && hasVault !== hadVault)
            throw new WrongAnswerError("the vault changed");
        } finally {
          await again.close();
        }
        return answer;
      },
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

/** Sends a request; true when it was taken, and throws when it was answered by a fault of the simulator. */
async function judged(simulator: Simulator, request: RawRequest): Promise<boolean> {
  const { status, text } = await sendRaw(simulator.url, request);
  const isAskedFor = /SimulatedFault/.test(text) || status === 501 || status === 503;
  if (status >= 500 && !isAskedFor) throw failure(request, { status, text });
  const hasFaults = simulator.journal().some(({ fault }) => fault !== undefined);
  const isRefusedEarly = request.body.length > 4_000_000;
  if (status === 0 && !hasFaults && !isRefusedEarly) throw failure(request, { status, text });
  return status > 0 && status < 400;
}

function failure({ method, path }: RawRequest, { status, text }: RawAnswer): WrongAnswerError {
  const said = text.replaceAll(/file:\/\/\S*?\/(simulator|tools)\//g, "$1/").slice(0, 500);
  return new WrongAnswerError(`${status} to ${method} ${path.slice(0, 200)}: ${said}`);
}

/** Reads the lists of the vault, in which everything must be readable; false when the vault is gone. */
async function judgeLists(simulator: Simulator): Promise<boolean> {
  let isThere = true;
  for (const path of [...lists, "/_simulator/status", "/_simulator/state", "/"]) {
    const request = { method: "GET", path, headers: {}, body: "" };
    const { status, text } = await sendRaw(simulator.url, request);
    if (status === 404 && path.startsWith("/subscriptions")) isThere = false;
    else if (status !== 200) throw failure(request, { status, text });
    if (status === 200 && path !== "/") JSON.parse(text);
  }
  return isThere;
}

/** Ids of everything that stands in a world. */
async function idsOf(world: WorldDocument): Promise<readonly string[]> {
  const simulator = await startSimulator({ world, clock: "stepped" });
  try {
    const kinds = [
      ...["Fabrics", "ProtectionContainers", "Policies", "ProtectedItems", "Networks", "Jobs"],
      ...["NetworkMappings", "ProtectionContainerMappings", "RecoveryPlans", "vCenters", "Events"],
      ...["RecoveryServicesProviders", "StorageClassifications", "StorageClassificationMappings"],
    ].map((kind) => `${ids.vault}/replication${kind}?api-version=2024-04-01`);
    const subscription = ids.vault.split("/resourceGroups/")[0];
    const others = [`${subscription}/resources?api-version=2021-04-01`];
    const found: string[] = [ids.vault];
    for (const path of [...kinds, ...others]) {
      const { text } = await sendRaw(simulator.url, { method: "GET", path, headers: {}, body: "" });
      const { value = [] } = JSON.parse(text) as { value?: readonly { readonly id: string }[] };
      found.push(...value.map(({ id }) => id));
    }
    return found;
  } finally {
    await simulator.close();
  }
}
