/** A virtual machine as Azure Compute shows it. */
export interface MachineFacts {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly size: string;
  /** `running`, `deallocated`, `stopped`, …; empty while unknown. */
  readonly powerState: string;
  readonly osType: string;
  readonly zone: string;
  readonly availabilitySetId: string;
  readonly osDiskId: string;
  readonly dataDiskIds: readonly string[];
  readonly nicIds: readonly string[];
}

/** A subnet with its range, as needed to check addresses. */
export interface SubnetFacts {
  readonly name: string;
  readonly addressPrefixes: readonly string[];
}

/** A virtual network. */
export interface NetworkFacts {
  readonly id: string;
  readonly location: string;
  readonly subnets: readonly SubnetFacts[];
  /** ARM ids of the gateways in it; absent when there are none. */
  readonly gatewayIds?: readonly string[];
}

/** A connection of a network's gateway to a site. */
export interface NetworkConnectionFacts {
  readonly name: string;
  /** `IPsec` or `ExpressRoute`. */
  readonly type: string;
  /** `Connected`, `NotConnected`, `Connecting` or `Unknown`; empty while Azure does not tell. */
  readonly status: string;
}

/** A machine size that the item may have on the other side. */
export interface MachineSizeFacts {
  readonly name: string;
  readonly coreCount: number;
  readonly memoryGibibytes: number;
  readonly maximumDataDiskCount: number;
  readonly maximumNicCount: number;
}
