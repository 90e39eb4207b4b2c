/**
 * A machine that runs in Azure was deleted at its site. Its way home ends in a new machine on the host of
 * the appliance, on the datastore that is named here; all data are downloaded. `pulumi preview` tells which
 * of the two will happen: into the existing machine, or a new one.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";

const config = new pulumi.Config();

// The machine is protected by another stack: the item is named, and found in the vault `asr:vault`.
const item = "shop-web";
const datastore = config.require("datastore");

const away = new asr.Reprotect("azure", {
  item,
  datastore,
  appliance: config.get("appliance") ?? "appliance-1",
});

if (config.getBoolean("restored")) {
  const { placement } = away;
  const inputs = { item, placement, commit: "automatic" } as const;
  const back = new asr.Failback("to-plant", inputs, { dependsOn: away });
  new asr.Reprotect("plant", { item }, { dependsOn: back });
}
