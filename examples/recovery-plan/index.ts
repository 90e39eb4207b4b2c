/**
 * Three tiers fail over together: the database starts first, then the application, then the web
 * servers, with a person and a runbook in between.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";

const config = new pulumi.Config();
const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const vault = `${subscription}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop`;

// The machines are protected by another stack: an item's identity is its vault and its name.
const item = (name: string): string => `${vault}/items/${name}`;

const plan = new asr.RecoveryPlan("shop", {
  vault,
  groups: [
    { items: [item("shop-db")] },
    {
      items: [item("shop-app")],
      startActions: [
        {
          name: "check the database",
          kind: "manual",
          description: "Look whether the database accepts connections, then complete this action.",
        },
      ],
    },
    {
      items: [item("shop-web")],
      endActions: [
        {
          name: "switch the names",
          kind: "runbook",
          runbook: `${subscription}/resourceGroups/shop-we/providers/Microsoft.Automation/automationAccounts/dr/runbooks/switch-dns`,
          failoverTypes: ["UnplannedFailover"],
        },
      ],
    },
  ],
});

// The failover of the whole plan stands in the program from the day that it is needed.
if (config.getBoolean("failover")) {
  new asr.Failover("shop", {
    recoveryPlan: plan.id,
    expect: { count: 3 },
    // Of what the plan's job leaves behind nothing begins without somebody who has looked at the failure.
    onFailure: "stop",
  });
}

/** The plan's id. */
export const recoveryPlan = plan.id;
