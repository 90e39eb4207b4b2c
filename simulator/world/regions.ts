/** A region of the public cloud. */
export interface Region {
  readonly name: string;
  readonly displayName: string;
  /** Whether VMs may be placed in zones there. */
  readonly zones: boolean;
}

const ROWS: readonly (readonly [name: string, displayName: string, zones: boolean])[] = [
  ["australiacentral", "Australia Central", false],
  ["australiaeast", "Australia East", true],
  ["australiasoutheast", "Australia Southeast", false],
  ["brazilsouth", "Brazil South", true],
  ["canadacentral", "Canada Central", true],
  ["canadaeast", "Canada East", false],
  ["centralindia", "Central India", true],
  ["centralus", "Central US", true],
  ["centraluseuap", "Central US EUAP", false],
  ["eastasia", "East Asia", true],
  ["eastus", "East US", true],
  ["eastus2", "East US 2", true],
  ["eastus2euap", "East US 2 EUAP", true],
  ["francecentral", "France Central", true],
  ["francesouth", "France South", false],
  ["germanynorth", "Germany North", false],
  ["germanywestcentral", "Germany West Central", true],
  ["israelcentral", "Israel Central", true],
  ["italynorth", "Italy North", true],
  ["japaneast", "Japan East", true],
  ["japanwest", "Japan West", true],
  ["koreacentral", "Korea Central", true],
  ["koreasouth", "Korea South", false],
  ["mexicocentral", "Mexico Central", true],
  ["northcentralus", "North Central US", false],
  ["northeurope", "North Europe", true],
  ["norwayeast", "Norway East", true],
  ["norwaywest", "Norway West", false],
  ["polandcentral", "Poland Central", true],
  ["qatarcentral", "Qatar Central", true],
  ["southafricanorth", "South Africa North", true],
  ["southafricawest", "South Africa West", false],
  ["southcentralus", "South Central US", true],
  ["southeastasia", "Southeast Asia", true],
  ["southindia", "South India", false],
  ["spaincentral", "Spain Central", true],
  ["swedencentral", "Sweden Central", true],
  ["swedensouth", "Sweden South", false],
  ["switzerlandnorth", "Switzerland North", true],
  ["switzerlandwest", "Switzerland West", false],
  ["uaecentral", "UAE Central", false],
  ["uaenorth", "UAE North", true],
  ["uksouth", "UK South", true],
  ["ukwest", "UK West", false],
  ["westcentralus", "West Central US", false],
  ["westeurope", "West Europe", true],
  ["westindia", "West India", false],
  ["westus", "West US", false],
  ["westus2", "West US 2", true],
  ["westus3", "West US 3", true],
];

/** The regions the simulator knows. */
export const REGIONS: readonly Region[] = ROWS.map(([name, displayName, zones]) => ({
  name,
  displayName,
  zones,
}));

/** The region of a name or display name ("eastus", "East US"), if it is known. */
export function regionNamed(text: string): Region | undefined {
  const name = text.replaceAll(" ", "").toLowerCase();
  return REGIONS.find((region) => region.name === name);
}

/** The display name of a region, or the name itself if the region is unknown. */
export function displayNameOf(region: string): string {
  return regionNamed(region)?.displayName ?? region;
}
