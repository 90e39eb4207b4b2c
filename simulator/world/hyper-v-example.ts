/** The commented example that `asr-simulator world init --hyperv` writes: a Hyper-V site, and two VMM servers that replicate to each other. */
export const HYPER_V_EXAMPLE = `# yaml-language-server: $schema=world.schema.json
# The world of an Azure Site Recovery simulator: Hyper-V machines that replicate to Azure, and between VMM sites.
#   asr-simulator --world THIS-FILE --port 8080      then watch http://127.0.0.1:8080/
# Names refer to other objects of this file.

seed: plant # GUIDs and chances follow from it: the same seed makes the same world

clock:
  mode: "accelerated:60" # or real; or stepped, which moves only when told to

subscriptions:
  - { id: 11111111-2222-3333-4444-555555555555, name: Plant }

resourceGroups:
  - { name: recovery, location: westeurope }

networks:
  - { name: recovery-vnet, resourceGroup: recovery, subnets: { servers: 10.20.1.0/24 } }
  - { name: test-vnet, resourceGroup: recovery, subnets: { servers: 10.30.1.0/24 } }

storageAccounts: # replication writes its log through one
  - { name: plantlogs, resourceGroup: recovery }

hyperVSites: # hosts without VMM: a fabric of type HyperVSite with one container
  - vault: plant-vault
    fabric: plant
    # made: false # then a client makes the site, and its hosts register afterwards
    hosts:
      - { name: hv-1.plant.example }
      - { name: hv-2.plant.example, registersAfterMinutes: 10 }
    machines:
      - { name: web, count: 2, os: Linux, host: hv-1.plant.example, address: 10.1.1.11 }
      - name: db # Windows, if nothing else is said
        host: hv-1.plant.example
        generation: 2
        memoryMiB: 16384
        disks: [{ sizeGiB: 127 }, { sizeGiB: 256, name: db-data }]
        churnMiBPerSecond: 0.5
        shutdown: works # or fails: then a planned failover does
      - { name: build, host: hv-2.plant.example }

vmmServers: # each is a fabric of type VMM, with a container for each cloud
  - name: vmm-1.plant.example
    fabric: site-1 # otherwise called as the server
    vault: plant-vault
    hosts: [{ name: node-1.plant.example }]
    clouds:
      - name: Gold
        machines:
          - { name: erp, generation: 2, disks: [{ sizeGiB: 80 }] }
          - { name: crm }
      - name: ToAzure
        machines: [{ name: portal }]
    networks: [{ name: corp }] # machines are connected to the first one
    storageClassifications: [{ name: Fast }]
  - name: vmm-2.plant.example
    fabric: site-2
    vault: plant-vault
    hosts: [{ name: node-2.plant.example }]
    clouds: [{ name: Recovery }]
    networks: [{ name: corp-2 }]
    storageClassifications: [{ name: Slow }]

vaults:
  - name: plant-vault
    resourceGroup: recovery
    policies:
      - { name: to-azure, kind: HyperVReplicaAzure, recoveryPointHistoryMinutes: 240, appConsistentMinutes: 60 }
      - { name: between-sites, kind: HyperVReplica2012R2, replicationIntervalSeconds: 30 }
    mappings: # a site by its fabric, a cloud by its name, or server/name
      - { name: plant, source: plant, target: Microsoft Azure, policy: to-azure }
      - { name: portal, source: ToAzure, target: Microsoft Azure, policy: to-azure }
      - { name: gold, source: Gold, target: Recovery, policy: between-sites }
    networkMappings: # machines of a VMM server need one wherever they go
      - { name: to-azure, primaryNetwork: corp, recoveryNetwork: recovery-vnet }
      - { name: to-site-2, primaryNetwork: corp, recoveryNetwork: corp-2 }
    storageClassificationMappings:
      - { name: fast, primary: Fast, recovery: Slow }
    items:
      - machine: web # both
        container: plant
        policy: to-azure
        recoveryResourceGroup: recovery
        cacheStorageAccount: plantlogs
        network: recovery-vnet
      - machine: portal
        container: ToAzure
        policy: to-azure
        recoveryResourceGroup: recovery
        cacheStorageAccount: plantlogs
      - { machine: erp, container: Gold, policy: between-sites }
`;
