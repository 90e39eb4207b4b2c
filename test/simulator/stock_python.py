"""Takes a machine through a whole region-to-region cycle with Microsoft's own packages.

Nothing here knows of the simulator: it uses what the packages document, with the address,
the tenant and the client of the environment. Prints one line of JSON per step.
"""

import json
import os
import sys
import tempfile
import time

from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from azure.identity import (
    ClientSecretCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
)
from azure.mgmt.recoveryservices import RecoveryServicesClient
from azure.mgmt.recoveryservicessiterecovery import SiteRecoveryManagementClient

URL = os.environ["SIMULATOR_URL"]
TENANT = os.environ["AZURE_TENANT_ID"]
CLIENT = os.environ["AZURE_CLIENT_ID"]
SECRET = os.environ["AZURE_CLIENT_SECRET"]
SUBSCRIPTION = os.environ["AZURE_SUBSCRIPTION_ID"]

IN_VAULT = ("shop-recovery", "python-vault")
BASE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"
VAULT = f"{BASE}/shop-recovery/providers/Microsoft.RecoveryServices/vaults/python-vault"
POLICY = f"{VAULT}/replicationPolicies/hourly"
REGIONS = {"ne": "northeurope", "we": "westeurope"}
PATIENCE_SECONDS = 60


def say(step, **facts):
    print(json.dumps({"step": step, **facts}), flush=True)


def container(side):
    return f"{VAULT}/replicationFabrics/fabric-{side}/replicationProtectionContainers/container-{side}"


def network(side):
    return f"{BASE}/shop-{side}/providers/Microsoft.Network/virtualNetworks/vnet-{side}"


def at(side, name="app"):
    return (*IN_VAULT, f"fabric-{side}", f"container-{side}", name)


def other(side):
    return "we" if side == "ne" else "ne"


def clients(credential):
    return (
        RecoveryServicesClient(credential, SUBSCRIPTION, base_url=URL),
        SiteRecoveryManagementClient(credential, SUBSCRIPTION, base_url=URL),
    )


def secret_credential(secret):
    return ClientSecretCredential(
        TENANT, CLIENT, secret, authority=URL, disable_instance_discovery=True
    )


def sign_in():
    """Signs in by wrong secret, managed identity, federated token and secret; returns the last."""
    try:
        clients(secret_credential("wrong"))[0].vaults.get(*IN_VAULT)
    except ClientAuthenticationError as error:
        say("wrong secret", message=str(error))
    for name, credential in (
        ("managed identity", ManagedIdentityCredential()),
        ("federated token", federated_credential()),
        ("secret", secret_credential(SECRET)),
    ):
        try:
            clients(credential)[0].vaults.get(*IN_VAULT)
        except ResourceNotFoundError as error:
            say(name, code=error.error.code)
    return credential


def federated_credential():
    with tempfile.NamedTemporaryFile("w", suffix=".jwt", delete=False) as file:
        file.write(os.environ["FEDERATED_TOKEN"] + "\n")
    return WorkloadIdentityCredential(
        tenant_id=TENANT,
        client_id=CLIENT,
        token_file_path=file.name,
        authority=URL,
        disable_instance_discovery=True,
    )


def set_up(vaults, recovery):
    body = {"location": "westeurope", "sku": {"name": "Standard"}, "properties": {}}
    vault = vaults.vaults.begin_create_or_update(*IN_VAULT, body).result()
    say("vault", name=vault.name, state=vault.properties.provisioning_state)
    settings = {
        "instanceType": "A2A",
        "multiVmSyncStatus": "Disable",
        "recoveryPointHistory": 1440,
        "appConsistentFrequencyInMinutes": 60,
    }
    body = {"properties": {"providerSpecificInput": settings}}
    policy = recovery.replication_policies.begin_create(*IN_VAULT, "hourly", body).result()
    say("policy", history=policy.properties.provider_specific_details.recovery_point_history)
    for side, region in REGIONS.items():
        details = {"instanceType": "Azure", "location": region}
        body = {"properties": {"customDetails": details}}
        fabric = recovery.replication_fabrics.begin_create(*IN_VAULT, f"fabric-{side}", body).result()
        body = {"properties": {"providerSpecificInput": [{"instanceType": "A2A"}]}}
        recovery.replication_protection_containers.begin_create(*at(side)[:4], body).result()
        say("fabric", name=fabric.name, region=fabric.properties.friendly_name)
    for side in REGIONS:
        map_towards_other(recovery, side)


def map_towards_other(recovery, side):
    there = other(side)
    body = {
        "properties": {
            "targetProtectionContainerId": container(there),
            "policyId": POLICY,
            "providerSpecificInput": {"instanceType": "A2A"},
        }
    }
    mapping = recovery.replication_protection_container_mappings.begin_create(
        *at(side, "mapping"), body
    ).result()
    body = {
        "properties": {
            "recoveryFabricName": f"fabric-{there}",
            "recoveryNetworkId": network(there),
            "fabricSpecificDetails": {
                "instanceType": "AzureToAzure",
                "primaryNetworkId": network(side),
            },
        }
    }
    recovery.replication_network_mappings.begin_create(
        *IN_VAULT, f"fabric-{side}", "azureNetwork", "mapping", body
    ).result()
    say("mapping", target=mapping.properties.target_protection_container_friendly_name)


def disk(side):
    return {
        "primaryStagingAzureStorageAccountId": f"{BASE}/shop-{side}/providers/Microsoft.Storage/storageAccounts/cache{side}",
        "recoveryResourceGroupId": f"{BASE}/shop-{other(side)}",
    }


def enable(recovery):
    compute = f"{BASE}/shop-ne/providers/Microsoft.Compute"
    details = {
        "instanceType": "A2A",
        "fabricObjectId": f"{compute}/virtualMachines/shop-app",
        "recoveryContainerId": container("we"),
        "recoveryResourceGroupId": f"{BASE}/shop-we",
        "vmManagedDisks": [{"diskId": f"{compute}/disks/shop-app-os", **disk("ne")}],
    }
    body = {"properties": {"policyId": POLICY, "providerSpecificDetails": details}}
    item = recovery.replication_protected_items.begin_create(*at("ne"), body).result()
    say("enable", name=item.name, provider=item.properties.provider_specific_details.instance_type)


def wait_until_protected(recovery, side):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        item = recovery.replication_protected_items.get(*at(side)).properties
        if item.protection_state == "Protected":
            break
        if time.monotonic() > deadline:
            raise TimeoutError(f"the item stays {item.protection_state}")
        time.sleep(0.2)
    points = list(recovery.recovery_points.list_by_replication_protected_items(*at(side)))
    say("protected", side=side, points=len(points) > 0, health=item.replication_health)


def drill(recovery):
    test_network = f"{BASE}/shop-we/providers/Microsoft.Network/virtualNetworks/vnet-test"
    body = {
        "properties": {
            "failoverDirection": "PrimaryToRecovery",
            "networkType": "VmNetworkAsInput",
            "networkId": test_network,
            "providerSpecificDetails": {"instanceType": "A2A"},
        }
    }
    items = recovery.replication_protected_items
    item = items.begin_test_failover(*at("ne"), body).result()
    say("drill", state=item.properties.test_failover_state)
    body = {"properties": {"comments": "all good"}}
    item = items.begin_test_failover_cleanup(*at("ne"), body).result()
    say("drill cleaned up", state=item.properties.test_failover_state)


def fail_over(recovery, side):
    items = recovery.replication_protected_items
    body = {
        "properties": {
            "failoverDirection": "PrimaryToRecovery",
            "sourceSiteOperations": "Required",
            "providerSpecificDetails": {"instanceType": "A2A"},
        }
    }
    item = items.begin_unplanned_failover(*at(side), body).result()
    say("failover", side=side, active=item.properties.active_location)
    item = items.begin_failover_commit(*at(side)).result()
    say("commit", side=side, state=item.properties.protection_state)


def reprotect(recovery, side):
    body = {
        "properties": {
            "replicationProtectedItemName": "app",
            "providerSpecificDetails": {
                "instanceType": "A2A",
                "recoveryContainerId": container(side),
                "recoveryResourceGroupId": f"{BASE}/shop-{side}",
                "policyId": POLICY,
            },
        }
    }
    containers = recovery.replication_protection_containers
    containers.begin_switch_protection(*at(side)[:4], body).result()
    item = recovery.replication_protected_items.get(*at(other(side))).properties
    say("reprotect", primary=item.primary_fabric_friendly_name)


def clean_up(vaults, recovery):
    body = {"properties": {"disableProtectionReason": "NotSpecified"}}
    recovery.replication_protected_items.begin_delete(*at("ne"), body).result()
    for side in REGIONS:
        recovery.replication_network_mappings.begin_delete(
            *IN_VAULT, f"fabric-{side}", "azureNetwork", "mapping"
        ).result()
        recovery.replication_protection_container_mappings.begin_delete(
            *at(side, "mapping"), {"properties": {}}
        ).result()
    for side in REGIONS:
        recovery.replication_protection_containers.begin_delete(*at(side)[:4]).result()
        recovery.replication_fabrics.begin_delete(*IN_VAULT, f"fabric-{side}").result()
    recovery.replication_policies.begin_delete(*IN_VAULT, "hourly").result()
    jobs = [job.properties for job in recovery.replication_jobs.list(*IN_VAULT)]
    say("jobs", count=len(jobs), failed=sum(job.state != "Succeeded" for job in jobs))
    poller = vaults.vaults.begin_delete(*IN_VAULT)
    poller.result()
    left = list(vaults.vaults.list_by_subscription_id())
    say("clean-up", vaults=len(left))


def main():
    credential = sign_in()
    vaults, recovery = clients(credential)
    set_up(vaults, recovery)
    enable(recovery)
    wait_until_protected(recovery, "ne")
    drill(recovery)
    for side in ("ne", "we"):
        fail_over(recovery, side)
        reprotect(recovery, side)
        wait_until_protected(recovery, other(side))
    clean_up(vaults, recovery)


try:
    main()
except HttpResponseError as error:
    sys.exit(f"{type(error).__name__}: {error}")
