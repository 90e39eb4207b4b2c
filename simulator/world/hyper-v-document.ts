import type { WorldSiteServer } from "./estate-document.ts";

/** A machine of a Hyper-V site or of a VMM cloud. */
export interface WorldHyperVMachine {
  readonly name: string;
  /** @defaultValue the first host */
  readonly host?: string;
  /** @defaultValue Windows */
  readonly os?: "Linux" | "Windows";
  /** @defaultValue Ubuntu 22.04 or Windows Server 2019 */
  readonly osVersion?: string;
  /** @defaultValue 1 */
  readonly generation?: 1 | 2;
  /** @defaultValue 4096 */
  readonly memoryMiB?: number;
  /** @defaultValue 2 */
  readonly processors?: number;
  /** @defaultValue by DHCP */
  readonly address?: string;
  /** VM network or virtual switch that it is connected to. @defaultValue the first network of its VMM server, none in a Hyper-V site */
  readonly network?: string;
  /** @defaultValue the first storage classification of its VMM server */
  readonly storageClassification?: string;
  /** The first one holds the operating system. @defaultValue one of 64 GiB */
  readonly disks?: readonly { readonly sizeGiB: number; readonly name?: string }[];
  /** @defaultValue on */
  readonly power?: "on" | "off";
  /** `fails`: its host cannot shut it down. @defaultValue works */
  readonly shutdown?: "works" | "fails";
  /** What it writes to its disks. @defaultValue 0 */
  readonly churnMiBPerSecond?: number;
  /** Makes so many alike, with a number at the end of their names. */
  readonly count?: number;
}

/** A Hyper-V site of a world: a fabric of type HyperVSite with one container. */
export interface WorldHyperVSite {
  readonly vault: string;
  /** ARM name of the fabric; one that nobody has made yet gets its hosts when it is made. */
  readonly fabric: string;
  /** `false`: the fabric is not there until a client makes it. @defaultValue true */
  readonly made?: boolean;
  readonly hosts?: readonly WorldSiteServer[];
  readonly machines?: readonly WorldHyperVMachine[];
}

/** A VMM server of a world: a fabric of type VMM with a container for each cloud. */
export interface WorldVmmServer extends WorldSiteServer {
  readonly vault: string;
  /** ARM name of the fabric. @defaultValue the server's name */
  readonly fabric?: string;
  readonly hosts?: readonly WorldSiteServer[];
  readonly clouds?: readonly {
    readonly name: string;
    readonly machines?: readonly WorldHyperVMachine[];
  }[];
  readonly networks?: readonly {
    readonly name: string;
    readonly subnets?: readonly { readonly name: string; readonly addresses?: readonly string[] }[];
  }[];
  readonly storageClassifications?: readonly { readonly name: string }[];
}

/** The Hyper-V sections of a world. */
export interface WorldHyperV {
  readonly hyperVSites?: readonly WorldHyperVSite[];
  readonly vmmServers?: readonly WorldVmmServer[];
}
