/** How the machine will be set up at the recovery side. */
export interface ReplicatedItemTarget {
  /** Resource group of the recovered machine: its ARM id or its name. Changing it updates in place. */
  readonly resourceGroup: string;
  /**
   * ARM id of the virtual network; a machine of a Hyper-V site has no other way to get one. Changing it updates
   * in place.
   * @defaultValue the network that the network mapping gives
   */
  readonly network?: string;
  /** Subnet of all network interfaces that name none themselves. Changing it updates in place. */
  readonly subnet?: string;
  /** ARM id of the network that drills use; it should not be the production one. Changing it updates in place. */
  readonly testNetwork?: string;
  /**
   * Name of the recovered machine. Changing it updates in place.
   * @defaultValue the machine's own name
   */
  readonly machineName?: string;
  /**
   * Size of the recovered machine, such as `Standard_D4s_v5`. Changing it updates in place.
   * @defaultValue a size like the machine's own, chosen by the service
   */
  readonly size?: string;
  /** ARM id of the availability set; not together with `zone`. Changing it updates in place. */
  readonly availabilitySet?: string;
  /**
   * Availability zone, such as `1`; not together with `availabilitySet`. Changing it replaces the item.
   * @replaceOnChanges
   */
  readonly zone?: string;
  /** ARM id of the proximity placement group. Changing it updates in place. */
  readonly proximityPlacementGroup?: string;
  /** ARM id of the storage account for boot diagnostics. Changing it updates in place. */
  readonly bootDiagnosticsStorageAccount?: string;
}

/** How one network interface will be after a failover and in a drill; changes update in place. */
export interface ReplicatedNic {
  /**
   * ARM id of the machine's network interface; its hardware address for a machine of a VMware site.
   * @defaultValue the primary interface
   */
  readonly nic?: string;
  /** Subnet after a failover. */
  readonly subnet?: string;
  /** Static private address after a failover. */
  readonly staticAddress?: string;
  /** ARM id of the public address after a failover. */
  readonly publicAddress?: string;
  /** ARM id of the network security group after a failover. */
  readonly networkSecurityGroup?: string;
  /** ARM ids of the load balancers' backend pools after a failover. */
  readonly backendAddressPools?: readonly string[];
  /** Subnet in a drill. */
  readonly testSubnet?: string;
  /** Static private address in a drill. */
  readonly testStaticAddress?: string;
}

/** Kinds of managed disk that the service replicates to. */
export type ReplicatedDiskType = "Standard_LRS" | "StandardSSD_LRS" | "Premium_LRS";

/** One disk that is replicated. */
export interface ReplicatedDisk {
  /**
   * ARM id of the managed disk; the service's own id of the disk for a machine of a VMware site; id or name of the
   * virtual hard disk for a Hyper-V machine.
   */
  readonly disk: string;
  /**
   * ARM id of the storage account in the machine's region that changes pass through.
   * @defaultValue the item's `cacheStorageAccount`
   */
  readonly cacheStorageAccount?: string;
  /**
   * Kind of the replica disk.
   * @defaultValue the item's `diskType`
   */
  readonly replicaDiskType?: ReplicatedDiskType;
  /**
   * Kind of the recovered machine's disk. Changing it updates in place.
   * @defaultValue the item's `diskType`
   */
  readonly targetDiskType?: ReplicatedDiskType;
  /** ARM id of the disk encryption set of the replica. */
  readonly diskEncryptionSet?: string;
  /**
   * Resource group of the replica: its ARM id or its name.
   * @defaultValue the resource group of `target`
   */
  readonly resourceGroup?: string;
}
