import { RecoveryServicesClient } from "@azure/arm-recoveryservices";
import { SiteRecoveryManagementClient } from "@azure/arm-recoveryservices-siterecovery";
import { ClientSecretCredential } from "@azure/identity";

/** Signs in with Microsoft's JavaScript packages, makes a vault and a policy, and prints what it reads back. */

const { SIMULATOR_URL: endpoint = "", AZURE_TENANT_ID: tenant = "" } = process.env;
const { AZURE_CLIENT_ID: client = "", AZURE_CLIENT_SECRET: secret = "" } = process.env;
const { AZURE_SUBSCRIPTION_ID: subscription = "" } = process.env;

const credential = new ClientSecretCredential(tenant, client, secret, {
  authorityHost: endpoint,
  disableInstanceDiscovery: true,
});
const vaults = new RecoveryServicesClient(credential, subscription, { endpoint });
const vault = await vaults.vaults.createOrUpdate("shop-recovery", "js-vault", {
  location: "westeurope",
  sku: { name: "Standard" },
  properties: {},
});
const recovery = new SiteRecoveryManagementClient(credential, subscription, { endpoint });
const policy = await recovery.replicationPolicies.beginCreateAndWait(
  "js-vault",
  "shop-recovery",
  "daily",
  { properties: { providerSpecificInput: { instanceType: "A2A", multiVmSyncStatus: "Disable" } } },
);
process.stdout.write(`${JSON.stringify({ vault: vault.name, policy: policy.name })}\n`);
