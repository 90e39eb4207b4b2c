import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages, { type LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import structMessages, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

/** Pulumi's own gRPC: clients and credentials have to come from the same copy. */
const grpc = createRequire(import.meta.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as typeof Grpc;

const repository = join(import.meta.dirname, "../..");
const hostProgram = join(repository, "node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js");

type Properties = Record<string, unknown>;
type Message = object;

/** What the engine gets to see of a failed create or update. */
export interface WireFailure {
  readonly message: string;
  /** What it would keep in state; absent when it keeps nothing. */
  readonly kept?: {
    readonly id: string;
    readonly properties: Properties;
    readonly reasons: string[];
    /** The serialized proxy in the kept properties. */
    readonly providerText: unknown;
  };
}

/** The stock dynamic host as a process, and a stand-in for the engine that started it. */
export interface Wire {
  readonly logs: LogRequest.AsObject[];
  /** Everything that the process has printed after its port. */
  output(): string;
  check(
    news: Properties,
    olds?: Properties,
  ): Promise<{ inputs: Properties; failures: Properties[] }>;
  /** The id is `lamp` where none is given. */
  diff(olds: Properties, news: Properties, id?: string): Promise<Properties>;
  create(inputs: Properties): Promise<{ id: string; properties: Properties }>;
  update(olds: Properties, news: Properties, id?: string): Promise<Properties>;
  read(
    id: string,
    properties: Properties,
  ): Promise<{ id: string; properties: Properties; inputs: Properties }>;
  destroy(id: string, properties: Properties): Promise<void>;
  cancel(): Promise<void>;
  /** Resolves when a line with this text has arrived. */
  logged(text: string): Promise<void>;
  /** The engine dies. */
  loseEngine(): void;
  /** Resolves with the process's exit code. */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
  /** Ends the process at once, as `kill -9` does. */
  kill(): Promise<void>;
}

/**
 * Starts the stock dynamic host with a stand-in for the engine and configures it.
 * `providerText` is the serialized proxy; calls carry it as the engine's do.
 */
export async function startWire(
  providerText: string,
  configuration: Readonly<Record<string, string>> = { "asr:subscriptionId": "sub-1" },
): Promise<Wire> {
  const logs: LogRequest.AsObject[] = [];
  const listeners = new Set<() => void>();
  const engine = new grpc.Server();
  const answerLog: Grpc.handleUnaryCall<LogRequest, object> = (call, callback) => {
    logs.push(call.request.toObject());
    for (const listener of listeners) listener();
    callback(null, new emptyMessages.Empty());
  };
  engine.addService(engineServices.EngineService as unknown as Grpc.ServiceDefinition, {
    log: answerLog as unknown as Grpc.UntypedHandleCall,
    getRootResource: ((_call: unknown, callback: Grpc.sendUnaryData<object>) =>
      callback(null, new engineMessages.GetRootResourceResponse())) as Grpc.UntypedHandleCall,
  });
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    engine.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });

  const child = spawn(process.execPath, [hostProgram, `127.0.0.1:${port}`], {
    cwd: repository,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const printed: string[] = [];
  child.stderr.on("data", (data) => printed.push(String(data)));
  const client = new providerServices.ResourceProviderClient(
    `127.0.0.1:${await firstLine(child, printed)}`,
    grpc.credentials.createInsecure(),
  );
  const call = callsOf(client as unknown as Record<string, (...args: unknown[]) => unknown>);
  const withProvider = (properties: Properties): Properties => ({
    ...properties,
    __provider: providerText,
  });

  const configure = new providerMessages.ConfigureRequest();
  configure.setArgs(struct(configuration));
  await call("configure", configure);

  return {
    logs,
    exited,
    output: () => printed.join(""),
    async check(news, olds = {}) {
      const request = new providerMessages.CheckRequest();
      request.setOlds(struct(Object.keys(olds).length === 0 ? {} : withProvider(olds)));
      request.setNews(struct(withProvider(news)));
      const answer = (await call("check", request)) as InstanceType<
        typeof providerMessages.CheckResponse
      >;
      const failures = answer.getFailuresList().map((each) => ({ ...each.toObject() }));
      return { inputs: plain(answer.getInputs()), failures };
    },
    async diff(olds, news, id = "lamp") {
      const request = new providerMessages.DiffRequest();
      request.setId(id);
      request.setOlds(struct(olds));
      request.setNews(struct(withProvider(news)));
      const answer = (await call("diff", request)) as InstanceType<
        typeof providerMessages.DiffResponse
      >;
      const { DIFF_SOME } = providerMessages.DiffResponse.DiffChanges;
      return {
        changes: answer.getChanges() === DIFF_SOME,
        replaces: answer.getReplacesList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
      };
    },
    async create(inputs) {
      const request = new providerMessages.CreateRequest();
      request.setProperties(struct(withProvider(inputs)));
      const answer = (await call("create", request)) as InstanceType<
        typeof providerMessages.CreateResponse
      >;
      return { id: answer.getId(), properties: plain(answer.getProperties()) };
    },
    async update(olds, news, id = "lamp") {
      const request = new providerMessages.UpdateRequest();
      request.setId(id);
      request.setOlds(struct(withProvider(olds)));
      request.setNews(struct(withProvider(news)));
      const answer = (await call("update", request)) as InstanceType<
        typeof providerMessages.UpdateResponse
      >;
      return plain(answer.getProperties());
    },
    async read(id, properties) {
      const request = new providerMessages.ReadRequest();
      request.setId(id);
      request.setProperties(struct(withProvider(properties)));
      const answer = (await call("read", request)) as InstanceType<
        typeof providerMessages.ReadResponse
      >;
      return {
        id: answer.getId(),
        properties: plain(answer.getProperties()),
        inputs: plain(answer.getInputs()),
      };
    },
    async destroy(id, properties) {
      const request = new providerMessages.DeleteRequest();
      request.setId(id);
      request.setProperties(struct(withProvider(properties)));
      await call("delete", request);
    },
    async cancel() {
      await call("cancel", new emptyMessages.Empty());
    },
    logged: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!logs.some(({ message }) => message.includes(text))) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    loseEngine: () => engine.forceShutdown(),
    async stop() {
      client.close();
      engine.forceShutdown();
      child.kill();
      await exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
      client.close();
      engine.forceShutdown();
    },
  };
}

/** What a failed call means to the engine. */
export function wireFailureOf(error: unknown): WireFailure {
  const { details, metadata } = error as Grpc.ServiceError;
  const [bytes] = metadata.get("grpc-status-details-bin");
  if (bytes === undefined) return { message: details };
  const [detail] = statusMessages.Status.deserializeBinary(bytes as Buffer).getDetailsList();
  const unpacked = detail?.unpack(
    providerMessages.ErrorResourceInitFailed.deserializeBinary,
    "pulumirpc.ErrorResourceInitFailed",
  );
  if (!unpacked) return { message: details };
  const kept = {
    id: unpacked.getId(),
    properties: plain(unpacked.getProperties()),
    reasons: unpacked.getReasonsList(),
    providerText: (unpacked.getProperties()?.toJavaScript() as Properties | undefined)?.__provider,
  };
  return { message: details, kept };
}

function callsOf(client: Record<string, (...args: unknown[]) => unknown>) {
  return (method: string, request: Message): Promise<Message> =>
    new Promise((resolve, reject) => {
      client[method]?.(request, (error: Error | null, answer: Message) =>
        error ? reject(error) : resolve(answer),
      );
    });
}

async function firstLine(child: ChildProcess, printed: string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (data) => {
      const before = text;
      text += String(data);
      if (before.includes("\n")) printed.push(String(data));
      else if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
    child.once("exit", () => reject(new Error(`The dynamic host ended: ${printed.join("")}`)));
  });
}

function struct(value: Properties): InstanceType<typeof structMessages.Struct> {
  return structMessages.Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

function plain(value: { toJavaScript(): unknown } | undefined): Properties {
  const { __provider: _, ...properties } = (value?.toJavaScript() ?? {}) as Properties;
  return properties;
}
