import { request } from "node:http";

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back; status 0 when the connection broke. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Milliseconds after which a request counts as one that is never answered. */
const answerMilliseconds = 30_000;

/** Sends a request whose path and headers nobody puts in order; letters that HTTP cannot carry are written as percent codes. */
export async function sendRaw(
  url: string,
  { method, path, headers, body }: RawRequest,
): Promise<RawAnswer> {
  const plain = path.replaceAll(/[^\x21-\x7e]/gu, (letter) => encoded(letter));
  return await new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        ...{ method, path: plain.startsWith("/") ? plain : `/${plain}` },
        headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
        agent: false,
        signal: AbortSignal.timeout(answerMilliseconds),
      },
      async (incoming) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of incoming) chunks.push(chunk as Buffer);
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
        } catch {
          resolve({ status: 0, text: "" });
        }
      },
    );
    outgoing.once("error", (error) => {
      if (error.name === "AbortError" || error.name === "TimeoutError") reject(error);
      else resolve({ status: 0, text: error.message });
    });
    outgoing.end(body);
  });
}

function encoded(letter: string): string {
  return letter.isWellFormed() ? encodeURIComponent(letter) : "%ED%A0%80";
}
