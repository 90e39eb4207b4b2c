import type { VCenterSettings } from "../../../configuration.ts";
import type { OperationContext } from "../../../context.ts";
import { isDisasterRecoveryError, SiteError } from "../../../errors.ts";
import { child, textAt, type WireNode } from "../wire/parse.ts";
import { type Call, envelope, type ManagedObject } from "../wire/serialize.ts";
import { createAgents } from "./agents.ts";
import { contentOf, oldestApiVersion, type ServiceContent } from "./content.ts";
import { type Door, ExpiredSessionError, exchange } from "./exchange.ts";
import { type Party, refusal, siteError } from "./failure.ts";
import { sayFarewell } from "./farewell.ts";
import { type PostRequest, post } from "./post.ts";
import { lasting, runSignal, untilCancelled } from "./waiting.ts";

/** A session as calls use it. */
export interface Session {
  readonly content: ServiceContent;
  /** The vCenter's name for it. */
  readonly key: string;
  /** Sends a call and gives its answer; `purpose` completes "refused to …". */
  invoke(purpose: string, call: Call, writes?: boolean): Promise<WireNode>;
}

/** A signed-in client of one vCenter; everybody shares its session. */
export interface VsphereClient {
  readonly party: Party;
  /** What the vCenter says of itself; needs no session. */
  content(context: OperationContext): Promise<ServiceContent>;
  /**
   * Runs calls in a session. When it has expired meanwhile, there is one new sign-in and the work is
   * done once more: nothing of the work may have taken effect before its last call.
   */
  withSession<Result>(
    context: OperationContext,
    purpose: string,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result>;
  /** Signs out and closes connections; a later call signs in anew. */
  close(): Promise<void>;
}

interface Login {
  readonly cookie: string;
  readonly key: string;
  /** The request that ends it. */
  readonly goodbye: Omit<PostRequest, "signal">;
}

/** Milliseconds for which the answer to a sign-out is waited for. */
const goodbyeMilliseconds = 3_000;

/** Milliseconds for which a failed sign-in stands for every caller, so that one cause is asked for once. */
const failureMilliseconds = 30_000;

const serviceInstance: ManagedObject = { type: "ServiceInstance", id: "ServiceInstance" };

/** Makes a client; nothing is sent before its first call. */
export function createClient(name: string, settings: VCenterSettings): VsphereClient {
  const party: Party = {
    name,
    address: new URL(settings.url).host,
    username: settings.username,
    secrets: [settings.password],
  };
  const watched = new WeakSet<AbortSignal>();
  let door: Door | undefined;
  let closing: Promise<void> = Promise.resolve();
  let content: Promise<ServiceContent> | undefined;
  let login: Promise<Login> | undefined;
  let signedIn: { readonly login: typeof login; readonly goodbye: Login["goodbye"] } | undefined;
  /** A wrong password is not tried again: after a few times the vCenter would lock the account. */
  let refused: { readonly error: unknown; readonly until: number } | undefined;

  const open = (): Door => {
    try {
      door ??= { party, url: settings.url, agents: createAgents(settings) };
      return door;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      throw siteError(party, `the file of asr:vcenters.${name}.caFile cannot be read: ${code}.`, {
        operation: "connect",
        hint: "Give the path of a file with PEM certificates.",
      });
    }
  };
  const end = async (through: Door, ending: Promise<Login> | undefined): Promise<void> => {
    try {
      const known = await ending;
      const signal = AbortSignal.timeout(goodbyeMilliseconds);
      if (known !== undefined) await post(through.agents, { ...known.goodbye, signal });
    } catch {
      // The vCenter ends idle sessions itself.
    } finally {
      through.agents.close();
    }
  };
  const close = (): Promise<void> => {
    if (door !== undefined) {
      closing = Promise.all([closing, end(door, login)]).then(() => undefined);
      login = undefined;
      door = undefined;
    }
    return closing;
  };
  /** The run is over: the process may end the moment this returns. */
  const leave = (): void => {
    if (signedIn !== undefined && signedIn.login === login) {
      sayFarewell(settings, signedIn.goodbye);
      login = undefined;
    }
    void close();
  };
  const readContent = async (context: OperationContext): Promise<ServiceContent> => {
    const call: Call = { method: "RetrieveServiceContent", target: serviceInstance };
    const order = { call, purpose: "say what it is", apiVersion: oldestApiVersion };
    const { node } = await exchange(context, open(), order);
    return contentOf(party, child(node, "returnval"));
  };
  /** Runs what others wait for too; its failure stands for all of them, for a while. */
  const once = <Result>(context: OperationContext, work: Promise<Result>): Promise<Result> => {
    const now = context.clock.now().getTime();
    work.catch((error: unknown) => {
      const wrong = error instanceof SiteError && error.serviceCode === "InvalidLogin";
      const until = wrong ? Number.POSITIVE_INFINITY : now + failureMilliseconds;
      if (isDisasterRecoveryError(error)) refused = { error, until };
    });
    return work;
  };
  const refuseAgain = (context: OperationContext): void => {
    if (refused !== undefined && context.clock.now().getTime() < refused.until) throw refused.error;
  };
  const contentFor = async (context: OperationContext): Promise<ServiceContent> => {
    if (content === undefined) {
      refuseAgain(context);
      const current = once(context, readContent(lasting(context)));
      content = current;
      current.catch(() => {
        if (content === current) content = undefined;
      });
    }
    const current = content;
    return untilCancelled(context, current, `asking vCenter ${name} what it is`);
  };
  const signIn = async (context: OperationContext): Promise<Login> => {
    const service = await contentFor(context);
    const target = service.manager("sessionManager");
    const call: Call = {
      method: "Login",
      target,
      elements: { userName: settings.username, password: settings.password },
    };
    const { apiVersion } = service;
    const { node, cookie } = await exchange(context, open(), {
      ...{ call, purpose: `sign in ${settings.username}`, apiVersion },
    });
    const key = textAt(node, "returnval", "key");
    if (cookie === undefined) {
      throw siteError(party, "its answer to the sign-in holds no session.", { operation: "Login" });
    }
    party.secrets.push(cookie.replaceAll('"', ""));
    const { url } = settings;
    const body = envelope({ method: "Logout", target });
    return { cookie, key, goodbye: { url, body, apiVersion, cookie, writes: true } };
  };
  const loginFor = async (context: OperationContext): Promise<Login> => {
    if (login === undefined) {
      refuseAgain(context);
      const current = once(context, signIn(lasting(context)));
      login = current;
      current.then(
        ({ goodbye }) => {
          signedIn = { login: current, goodbye };
        },
        () => {
          if (login === current) login = undefined;
        },
      );
      const run = runSignal(context);
      if (!watched.has(run)) {
        watched.add(run);
        run.addEventListener("abort", leave, { once: true });
      }
    }
    return untilCancelled(context, login, `signing in to vCenter ${name}`);
  };

  return {
    party,
    content: contentFor,
    close,
    async withSession(context, purpose, work) {
      for (let renewed = false; ; renewed = true) {
        const service = await contentFor(context);
        const current = await loginFor(context);
        const mine = login;
        try {
          return await work({
            content: service,
            key: current.key,
            invoke: async (what, call, writes = false) => {
              const { cookie } = current;
              const { apiVersion } = service;
              const order = { call, purpose: what, cookie, apiVersion, writes };
              return (await exchange(context, open(), order)).node;
            },
          });
        } catch (error) {
          if (!(error instanceof ExpiredSessionError)) throw error;
          if (renewed) throw refusal(party, { operation: "Login", purpose }, expired);
          // The first who notices lets go of the session; the cookie goes with it, because a login
          // on an old session looks like a wrong password.
          if (login === mine) login = undefined;
        }
      }
    },
  };
}

const expired = {
  type: "NotAuthenticated",
  message: "the session ended again right after the sign-in",
  privilegeId: "",
  existingState: "",
  property: "",
};
