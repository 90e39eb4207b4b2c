import { writeFileSync } from "node:fs";

/** The commented example that `asr-simulator world init` writes: a protected pair of machines in two regions. */
export const EXAMPLE_WORLD = `# yaml-language-server: $schema=world.schema.json
# The world of an Azure Site Recovery simulator: what exists when it starts.
#   asr-simulator --world THIS-FILE --port 8080      then watch http://127.0.0.1:8080/
#   asr-simulator world schema > world.schema.json   lets editors check and complete this file
# Names refer to other objects of this file. Everything but subscriptions may be left out.

seed: example # GUIDs and chances follow from it: the same seed makes the same world

clock:
  mode: "accelerated:60" # or real; or stepped, which moves only when told to

knobs:
  originalMachineAtReprotect: deleted # or kept: what becomes of the machine left behind
  pageSize: 100 # objects per page of long lists
  pollSeconds: 10 # virtual seconds between two polls of a client

subscriptions:
  - { id: 11111111-2222-3333-4444-555555555555, name: Shop }

# regions:
#   - { name: northeurope, unavailable: true } # an outage from the start

resourceGroups:
  - { name: shop-ne, location: northeurope }
  - { name: shop-we, location: westeurope }
  - { name: shop-recovery, location: westeurope }

networks:
  - { name: shop-ne-vnet, resourceGroup: shop-ne, subnets: { web: 10.10.1.0/24, data: 10.10.2.0/24 } }
  - { name: shop-we-vnet, resourceGroup: shop-we, subnets: { web: 10.20.1.0/24, data: 10.20.2.0/24 } }
  # Nothing else is connected to it: test failovers go here.
  - { name: shop-we-test-vnet, resourceGroup: shop-we, subnets: { web: 10.30.1.0/24, data: 10.30.2.0/24 } }

storageAccounts: # replication writes through one, on the side it comes from
  - { name: shopcachene, resourceGroup: shop-ne }
  - { name: shopcachewe, resourceGroup: shop-we }

machines:
  - name: shop-web
    resourceGroup: shop-ne
    size: Standard_D2s_v3
    network: shop-ne-vnet
    subnet: web
    count: 3 # shop-web1, shop-web2, shop-web3
    tags: { tier: web }
  - name: shop-db
    resourceGroup: shop-ne
    size: Standard_E4s_v3
    os: Windows
    network: shop-ne-vnet
    subnet: data
    address: 10.10.2.10 # static; without it the next free one
    osDisk: { sizeGiB: 127 }
    dataDisks: [{ sizeGiB: 256, type: Premium_LRS }]
    sourceShutdown: works # or fails: a failover then goes on with a warning

vaults: # leave this out if the program that is rehearsed makes the vault
  - name: shop-vault
    resourceGroup: shop-recovery
    fabrics: # one for each region
      - { name: north, location: northeurope }
      - { name: west, location: westeurope }
    containers:
      - { name: north, fabric: north }
      - { name: west, fabric: west }
    policies:
      - { name: daily, recoveryPointHistoryMinutes: 1440, appConsistentMinutes: 240 }
    mappings: # one for each direction
      - { name: there, source: north, target: west, policy: daily }
      - { name: back, source: west, target: north, policy: daily }
    networkMappings:
      - { name: there, primaryNetwork: shop-ne-vnet, recoveryNetwork: shop-we-vnet }
      - { name: back, primaryNetwork: shop-we-vnet, recoveryNetwork: shop-ne-vnet }
    items:
      - machine: shop-web # all three
        container: north
        recoveryContainer: west
        policy: daily
        recoveryResourceGroup: shop-we
        cacheStorageAccount: shopcachene
        protectedForHours: 24 # has recovery points of the last day
      - machine: shop-db
        container: north
        recoveryContainer: west
        policy: daily
        recoveryResourceGroup: shop-we
        cacheStorageAccount: shopcachene
        protected: false # its initial replication begins when the simulator starts

faults: # each rule has one effect; see the documentation for all of them
  # The second to fourth poll of an operation are throttled.
  - match: { method: GET, path: replicationOperationStatus }
    nth: 2
    times: 3
    respond: { status: 429, retryAfter: 2 }
  # One request in a hundred is answered with an error of the service, always the same ones for a seed.
  - match: { method: GET }
    times: 0
    probability: 0.01
    respond: { status: 503 }
`;

/** Writes an example; throws if the file is there already or cannot be written. */
export function writeExample(file: string, example: string): void {
  try {
    writeFileSync(file, example, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === "EEXIST"
        ? `${file} exists already: give another name, as in world init other.yaml.`
        : `${file}: the example cannot be written (${message}).`,
    );
  }
}
