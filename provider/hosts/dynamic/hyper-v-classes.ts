import type * as pulumi from "@pulumi/pulumi";
import type { HyperVHostInputs, HyperVHostState } from "../../resources/hyper-v/hyper-v-host.ts";
import type { VmmServerInputs, VmmServerState } from "../../resources/hyper-v/vmm-server.ts";
import type {
  StorageClassificationMappingInputs,
  StorageClassificationMappingState,
} from "../../resources/storage-classification-mapping.ts";
import type { Args, Outputs } from "./property-types.ts";
import { AsrResource, existing } from "./resource.ts";

/** Inputs of {@link HyperVHost}. */
export type HyperVHostArgs = Args<HyperVHostInputs>;

/** A host of a Hyper-V site: waited for until it has registered, and watched. */
export class HyperVHost extends AsrResource {
  constructor(name: string, args: HyperVHostArgs, options?: pulumi.CustomResourceOptions) {
    super("HyperVHost", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): HyperVHost {
    return new HyperVHost(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface HyperVHost extends Outputs<HyperVHostState> {}

/** Inputs of {@link VmmServer}. */
export type VmmServerArgs = Args<VmmServerInputs>;

/** A VMM server: waited for until it has registered; its clouds, networks and storage by name. */
export class VmmServer extends AsrResource {
  constructor(name: string, args: VmmServerArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("VmmServer", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): VmmServer {
    return new VmmServer(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface VmmServer extends Outputs<VmmServerState> {}

/** Inputs of {@link StorageClassificationMapping}. */
export type StorageClassificationMappingArgs = Args<StorageClassificationMappingInputs>;

/** A mapping between storage classifications of two VMM servers: where the disks of replicas are laid. */
export class StorageClassificationMapping extends AsrResource {
  constructor(
    name: string,
    args: StorageClassificationMappingArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    super("StorageClassificationMapping", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): StorageClassificationMapping {
    return new StorageClassificationMapping(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface StorageClassificationMapping extends Outputs<StorageClassificationMappingState> {}
