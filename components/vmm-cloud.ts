import * as pulumi from "@pulumi/pulumi";

/** The container of a cloud of a VMM server. Throws RunError when the server has no such cloud. */
export function containerOfCloud(
  clouds: Readonly<Record<string, string>>,
  serverName: string,
  cloud: string,
): string {
  const found = Object.entries(clouds).find(([name]) => name.toLowerCase() === cloud.toLowerCase());
  if (found !== undefined) return found[1];
  const known = Object.keys(clouds).join(", ") || "none";
  throw new pulumi.RunError(
    `The VMM server ${serverName} has no cloud "${cloud}". It has: ${known}.`,
  );
}
