import test from "ava";
import { SiteError } from "../../../../provider/errors.ts";
import { retrieve } from "../../../../provider/sites/vsphere/reads/retrieve.ts";
import type { Session } from "../../../../provider/sites/vsphere/transport/client.ts";
import { contentOf } from "../../../../provider/sites/vsphere/transport/content.ts";

test("Q-11 a list of a vCenter that goes on and on is given up, and the error names the vCenter", async (t) => {
  const party = { name: "one", address: "vc:443", username: "a", secrets: [] };
  const collector = { "#text": "propertyCollector", "@type": "PropertyCollector" };
  let calls = 0;
  const session: Session = {
    content: contentOf(party, { propertyCollector: collector }),
    key: "k",
    invoke: async () => {
      calls += 1;
      return { returnval: { token: "again" } };
    },
  };
  const wanted = { type: "VirtualMachine", paths: ["name"] };
  await t.throwsAsync(retrieve(session, "list its machines", wanted, ["vm-1"]), {
    instanceOf: SiteError,
    message: /vCenter one: it was asked to list its machines, and its list does not end/,
  });
  t.true(calls <= 1_000);
});
