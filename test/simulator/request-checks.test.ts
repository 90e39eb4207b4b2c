import test from "ava";
import { type Body, openShop, VAULT, webItem } from "./shop.ts";

const refused = test.macro({
  exec: async (t, method: string, path: string, body: Body, message: RegExp) => {
    const shop = await openShop(t);
    const reply = await shop.ask(method, path, body);
    t.is(reply.status, 400);
    t.is(reply.body.error.details[0].code, "SIM-INVALID-INPUT");
    t.regex(reply.body.error.message, message);
  },
  title: (given) => `A request is refused when ${given}`,
});

test(
  "the export of jobs asks for a format that does not exist",
  refused,
  "POST",
  `${VAULT}/replicationJobs/export`,
  { jobOutputType: "Pdf" },
  /'jobOutputType' must be one of Json, Xml, Excel/,
);
test(
  "settings of the vault are not wrapped",
  refused,
  "PUT",
  `${VAULT}/replicationVaultSettings/default`,
  { migrationSolutionId: "x" },
  /'properties' is required/,
);
test(
  "a cleanup's comments are no text",
  refused,
  "POST",
  `${webItem()}/testFailoverCleanup`,
  { properties: { comments: 7 } },
  /comments' must be a string/,
);
test(
  "a licence type is unknown",
  refused,
  "PATCH",
  webItem(),
  { properties: { licenseType: "Free" } },
  /licenseType' must be one of/,
);
test(
  "the address of an encryption key is no text",
  refused,
  "PATCH",
  webItem(),
  {
    properties: {
      providerSpecificDetails: {
        instanceType: "A2A",
        diskEncryptionInfo: { keyEncryptionKeyInfo: { keyIdentifier: 7 } },
      },
    },
  },
  /keyEncryptionKeyInfo\.keyIdentifier' must be a string/,
);

test("Fields that the models do not know are ignored", async (t) => {
  const shop = await openShop(t);
  const status = await shop.run("POST", `${VAULT}/replicationJobs/export`, {
    jobOutputType: "xml",
    paper: "A4",
    properties: { jobOutputType: 3 },
  });
  t.is(status.status, "Succeeded");
});
