import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { startWire } from "../../../support/provider-wire.ts";

const repository = join(import.meta.dirname, "../../../..");
const published = readFileSync(join(repository, "test/fixtures/proxy-text.js.txt"), "utf8");

/** The compiled module: type annotations leave spaces in the text, so only compiled code is published. */
async function proxyText(token: string): Promise<{ text: string; containsSecrets: boolean }> {
  const compiled = join(repository, "dist/provider/hosts/dynamic/proxy.js");
  if (!existsSync(compiled)) throw new Error("The package is not compiled; run `make build`.");
  const { proxyOf } = (await import(compiled)) as {
    proxyOf(token: string): pulumi.dynamic.ResourceProvider;
  };
  const provider = proxyOf(token);
  return await pulumi.runtime.serializeFunction(() => provider, { allowSecrets: true });
}

test("the proxy in state is the text first published, in every release and for every token", async (t) => {
  for (const token of ["asr:index:Fabric", "asr:index:Failover"]) {
    const { text } = await proxyText(token);
    t.is(text, published.replaceAll("asr:index:Fabric", token));
  }
});

test("P-07 the proxy is small and captures neither a secret nor native code", async (t) => {
  const { text, containsSecrets } = await proxyText("asr:index:Fabric");
  t.false(containsSecrets);
  t.true(text.length < 3_000, `${text.length} characters`);
  t.notRegex(text, /require\(|native code|process\.env/);
});

test("the published proxy finds the installed host, which names the missing setting before all else", async (t) => {
  const wire = await startWire(published, {});
  t.teardown(() => wire.stop());
  const { failures } = await wire.check({ location: "westeurope", __ctx: { dryRun: true } });
  t.is(failures.length, 1);
  t.regex(String(failures[0]?.reason), /^asr:subscriptionId: the Azure subscription is not set/);
});
