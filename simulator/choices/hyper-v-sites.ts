import type { Choice } from "../choices.ts";

/** Choices about Hyper-V sites, VMM servers and their set-up. */
export const HYPER_V_SITE_CHOICES: readonly Choice[] = [
  {
    id: "CH-HV-SITE",
    what: "PUT of a fabric with HyperVSite, or with the base type's name, makes a Hyper-V site; the hosts of the world register in it when their time has come, and again if it was removed and is made again. One that is there stays as it is.",
    why: "The kind is in no published union and recorded as accepted; keys for registering hosts are not simulated.",
  },
  {
    id: "CH-HV-REGISTERS",
    what: "A host or VMM server that registers while the simulator runs has a job RegisterDra of one task; it is usable from the job's start.",
    why: "Recorded in lists only, without tasks.",
  },
  {
    id: "CH-HV-REMOVE",
    what: "A Hyper-V site or VMM server is not removed while one of its containers is mapped (SIM-IN-USE); with it go its containers, hosts, network and storage classification mappings.",
    why: "Documented order: disable protection, dissociate policies, then remove.",
  },
  {
    id: "CH-HV-SITE-BODY",
    what: "Fabrics of type HyperVSite list their hosts as hyperVHosts; agents of Hyper-V have provider version 5.23.720.4 and server versions of Windows Server 2019; a VMM server's goes by the fabric's identifier, as recorded.",
    why: "Only a fabric of type VMM was recorded.",
  },
  {
    id: "CH-HV-SUPPORTED",
    what: "supportedReplicationProviders of a machine: the kinds of its container's mappings; without one HyperVReplicaAzure, in a cloud HyperVReplica2012R2 too.",
    why: "Recorded once: [HyperVReplicaAzure] in a mapped cloud.",
  },
  {
    id: "CH-HV-POLICIES",
    what: "Policies for Hyper-V: history 0 to 24 whole hours (2 by default), application-consistent 0 to 12 whole hours (1) and not above a history that is not 0, interval 30 or 300 seconds (300), between VMM sites 900 too, a start as HH:MM:SS; others are refused with 400. Between sites compression, deletion and authentication are read as they were sent, by default Enable, None and 1 (Kerberos) at port 8083.",
    why: "Documented limits; policies between sites were not recorded.",
  },
  {
    id: "CH-HV-STORAGE",
    what: "PUT and DELETE of a storage classification mapping are jobs PairStorageClassifications and UnpairStorageClassifications; a second target for the same name fails the job (SIM-EXISTS).",
    why: "Writes of these mappings were never recorded.",
  },
];
