/** The commented example that `asr-simulator world init --vmware` writes: a site with an appliance, a configuration server and a physical server. */
export const VMWARE_EXAMPLE = `# yaml-language-server: $schema=world.schema.json
# The world of an Azure Site Recovery simulator: a VMware site that replicates to Azure and back.
#   asr-simulator --world THIS-FILE --port 8080      then watch http://127.0.0.1:8080/
# Names refer to other objects of this file.

seed: site # GUIDs and chances follow from it: the same seed makes the same world

clock:
  mode: "accelerated:60" # or real; or stepped, which moves only when told to

knobs:
  agentRegistersAfterMinutes: 5 # from the boot of a machine, or of its copy in Azure

subscriptions:
  - { id: 11111111-2222-3333-4444-555555555555, name: Shop }

resourceGroups:
  - { name: recovery, location: westeurope }

networks:
  - { name: recovery-vnet, resourceGroup: recovery, subnets: { web: 10.20.1.0/24 } }
  - { name: test-vnet, resourceGroup: recovery, subnets: { web: 10.30.1.0/24 } }

storageAccounts: # replication writes its log through one
  - { name: shoplogs, resourceGroup: recovery }

vcenters: # what stands on premises, whether or not Azure knows it
  - name: vcenter-one
    address: 10.1.0.5
    account: readWrite # with readOnly, datastores are invisible to Azure
    # control: http://127.0.0.1:8990 # the vCenter bench is told of power changes there
    datastores:
      - { name: ds1, capacityGiB: 2000, freeGiB: 1500 } # VMFS
    hosts:
      - { name: esx1.example.local, datastores: [ds1] }
    machines:
      - { name: shop-web, count: 2, address: 10.1.1.11, disks: [{ sizeGiB: 64 }] }
      - name: shop-db
        os: Windows
        address: 10.1.1.20
        memoryMiB: 16384
        disks: [{ sizeGiB: 100 }, { sizeGiB: 500 }]
        agentRegistersAfterMinutes: 12 # or never
      - { name: mt-linux, address: 10.1.0.12 }
      - { name: appliance-1, os: Windows, address: 10.1.0.20 }

physicalServers:
  - { name: metal-1, address: 10.1.1.50, os: Windows } # to be discovered by its address

appliances: # modernized: a fabric of type InMageRcm, shop-vault-vmwarefabric
  - name: appliance-1 # its VM in the vCenter has the same name
    vault: shop-vault
    vcenters: [vcenter-one]
    runAsAccounts: [{ name: linux-root }]

configurationServers: # classic: a fabric of type VMware, called as the server
  - name: cs-1
    vault: shop-vault
    address: 10.1.0.10
    vcenters: [vcenter-one] # known from the start; others are added by the client
    runAsAccounts: [{ name: linux-root }, { name: windows-admin }]
    processServers:
      - { name: cs-1 } # its own
      - { name: ps-azure, address: 10.20.1.4, registersAfterMinutes: 10 }
    masterTargets: # a failback goes through one
      - { name: mt-linux, retentionVolumes: [{ name: /mnt/retention }] }

vaults:
  - name: shop-vault
    resourceGroup: recovery
    policies:
      - { name: modernized, kind: InMageRcm, recoveryPointHistoryMinutes: 1440 }
      - { name: classic, kind: InMageAzureV2 }
      - { name: classic-failback, kind: InMage }
    mappings: # a container may be called by its server
      - { name: modernized, source: appliance-1, target: Microsoft Azure, policy: modernized }
      - { name: classic, source: cs-1, target: Microsoft Azure, policy: classic }
      - { name: classic-failback, source: cs-1, target: cs-1, policy: classic-failback }
    items:
      - machine: shop-web # both
        container: appliance-1
        policy: modernized
        recoveryResourceGroup: recovery
        cacheStorageAccount: shoplogs
        network: recovery-vnet
        subnet: web
`;
