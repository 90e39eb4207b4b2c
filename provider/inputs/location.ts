/** A region's name as Azure writes it in ids: `West Europe` becomes `westeurope`. */
export function regionName(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}
