import * as pulumi from "@pulumi/pulumi";
import type { VmmServer } from "../provider/index.ts";

/** The container of a cloud of a VMM server. Throws, once the server is known, when it has no such cloud. */
export function cloudOf(
  server: VmmServer,
  serverName: string,
  cloud: string,
): pulumi.Output<string> {
  return server.clouds.apply((clouds) => {
    const found = Object.entries(clouds).find(
      ([name]) => name.toLowerCase() === cloud.toLowerCase(),
    );
    if (found !== undefined) return found[1];
    throw new pulumi.RunError(
      `The VMM server ${serverName} has no cloud "${cloud}". It has: ${Object.keys(clouds).join(", ") || "none"}.`,
    );
  });
}
