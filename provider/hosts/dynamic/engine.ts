import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";

/** A line for people. An ERROR does not fail a run but marks its row as failed, so there is none. */
export interface EngineMessage {
  readonly severity: "info" | "warning";
  readonly text: string;
  /** Row that shows it; absent shows it on the stack's row. */
  readonly urn?: string;
  /** A passing line, replaced by the next one. */
  readonly ephemeral: boolean;
}

/** The engine that started this process. */
export interface Engine {
  /** Sends a line; ends when the engine has it or cannot be reached. Never fails. */
  log(message: EngineMessage): Promise<void>;
  /** True when nothing listens at the engine's address any more. */
  isGone(): Promise<boolean>;
}

/** Longest wait for an answer, in milliseconds. */
const answerTimeoutMilliseconds = 5_000;

/**
 * The engine's address: the last argument of the process that is no flag.
 * Undefined where no engine started this process.
 */
export function engineAddress(processArguments: readonly string[]): string | undefined {
  const address = processArguments.filter((each) => !each.startsWith("-")).at(-1);
  return address !== undefined && /:\d+$/.test(address) ? address : undefined;
}

/** Opens a connection to the engine; one process needs one. */
export function connectEngine(address: string): Engine {
  const grpc = pulumiGrpc();
  const client = new engineServices.EngineClient(address, grpc.credentials.createInsecure());
  const options = (): { deadline: number } => ({
    deadline: Date.now() + answerTimeoutMilliseconds,
  });
  return {
    log: (message) =>
      new Promise((resolve) => {
        const request = new engineMessages.LogRequest();
        const { INFO, WARNING } = engineMessages.LogSeverity;
        request.setSeverity(message.severity === "info" ? INFO : WARNING);
        request.setMessage(message.text);
        request.setEphemeral(message.ephemeral);
        if (message.urn !== undefined) request.setUrn(message.urn);
        client.log(request, new grpc.Metadata(), options(), () => resolve());
      }),
    isGone: () =>
      new Promise((resolve) => {
        const request = new engineMessages.GetRootResourceRequest();
        client.getRootResource(request, new grpc.Metadata(), options(), (error) =>
          resolve(error?.code === grpc.status.UNAVAILABLE),
        );
      }),
  };
}

/** Stands in where no engine started this process: lasting lines go to standard output. */
export const consoleEngine: Engine = {
  log: async ({ text, ephemeral }) => {
    if (!ephemeral) console.log(text);
  },
  isGone: async () => false,
};

/** Pulumi's own copy of gRPC: its clients refuse credentials of another one. */
function pulumiGrpc(): typeof Grpc {
  const resolveFrom = createRequire(import.meta.resolve("@pulumi/pulumi"));
  return resolveFrom("@grpc/grpc-js") as typeof Grpc;
}
