import test from "ava";
import type { Configuration } from "../../../provider/configuration.ts";
import { resolveVaultId } from "../../../provider/inputs/vault-reference.ts";

const configuration: Configuration = {
  subscriptionId: "s",
  endpoint: "https://management.azure.com",
  environment: "public",
  useOidc: false,
  pollingIntervalMilliseconds: 1_000,
};
const grouped = { ...configuration, resourceGroup: "Rg" };
const vaultId =
  "/subscriptions/s/resourceGroups/Rg/providers/Microsoft.RecoveryServices/vaults/Main";

test("a bare vault name is looked for in the configured resource group", (t) => {
  t.is(resolveVaultId(grouped, "Main"), vaultId);
});

test("no vault means the configured one", (t) => {
  t.is(resolveVaultId({ ...grouped, vault: "Main" }), vaultId);
});

test("a vault's ARM id comes out in canonical form, its names in their case", (t) => {
  const shouted = vaultId.replace("subscriptions", "Subscriptions").replace("vaults", "VAULTS");
  t.is(resolveVaultId(configuration, shouted), vaultId);
});

const refused = test.macro({
  exec: (t, given: Configuration, vault: string | undefined, what: RegExp) => {
    const error = t.throws(() => resolveVaultId(given, vault), { code: "InvalidInput" });
    t.regex(error?.message ?? "", what);
  },
  title: (name) => `a vault that cannot be resolved is refused: ${name}`,
});

test(
  "nothing named",
  refused,
  configuration,
  undefined,
  /no vault is named\..*asr:vault.*ASR_VAULT/,
);
test("no resource group", refused, configuration, "Main", /resource group.*asr:resourceGroup/);
test("no vault's name", refused, grouped, "1 vault", /"1 vault" is no vault name/);
test(
  "id of a thing in it",
  refused,
  grouped,
  `${vaultId}/replicationFabrics/f`,
  /is no vault's ARM id/,
);
test("id of something else", refused, grouped, "/subscriptions/s", /is no vault's ARM id/);
