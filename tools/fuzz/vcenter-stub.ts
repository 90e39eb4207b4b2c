import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer of a vCenter. */
export interface VCenterAnswer {
  readonly status: number;
  readonly text: string;
  /** Value of the session's cookie, where the answer sets one. */
  readonly cookie?: string;
  /** True when the connection breaks in the middle of the text. */
  readonly breaks?: boolean;
}

/** A call as the stub sees it. */
interface StubCall {
  readonly body: string;
  readonly cookie?: string;
}

/** Listens on loopback without TLS and answers as it is told. */
export async function startVCenterStub(
  answerOf: (call: StubCall) => Promise<VCenterAnswer>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, cookie] = /vmware_soap_session=([^;]*)/.exec(request.headers.cookie ?? "") ?? [];
    const body = Buffer.concat(chunks).toString();
    const answer = await answerOf({ body, ...(cookie === undefined ? {} : { cookie }) });
    const bytes = Buffer.from(answer.text);
    response.writeHead(answer.status, {
      "Content-Type": "text/xml",
      "Content-Length": bytes.length,
      ...(answer.cookie === undefined
        ? {}
        : { "Set-Cookie": `vmware_soap_session=${answer.cookie}; Path=/` }),
    });
    if (answer.breaks !== true) response.end(bytes);
    else response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sdk`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
