import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Changes an answer on its way: the n-th one since the last reset, with its body as JSON. */
export type Disturb = (
  nth: number,
  body: unknown,
) =>
  | { readonly body: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | undefined;

/** A door before a service of this machine, which changes what comes out. */
export interface MutatingProxy {
  readonly url: string;
  /** Sets what is changed from now on. */
  disturb(change: Disturb): void;
  close(): Promise<void>;
}

/** Opens a door before the service at `url`. */
export async function startMutatingProxy(url: string): Promise<MutatingProxy> {
  let change: Disturb = () => undefined;
  let nth = 0;
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const outgoing = ask(`${url}${path}`, { method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const bytes = Buffer.concat(chunks);
      const changed = change(nth, parsed(bytes.toString()));
      nth += 1;
      const text = changed === undefined ? bytes : jsonOf(changed.body);
      response.writeHead(changed?.status ?? answer.statusCode ?? 500, {
        "Content-Type": "application/json",
        ...changed?.headers,
      });
      response.end(text);
    });
    outgoing.on("error", () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    disturb(next) {
      change = next;
      nth = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The value as JSON; what is too deep for it is written as a list of the same depth. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return `{"value": ${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
