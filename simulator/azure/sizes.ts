/** A VM size. */
export interface MachineSize {
  readonly name: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly maxDataDisks: number;
  readonly maxNics: number;
}

const ROWS: readonly (readonly [string, number, number, number, number])[] = [
  ["Basic_A0", 1, 0.75, 1, 2],
  ["Standard_A0", 1, 0.75, 1, 2],
  ["Standard_B1s", 1, 1, 2, 2],
  ["Standard_B2s", 2, 4, 4, 3],
  ["Standard_B2ms", 2, 8, 4, 3],
  ["Standard_B4ms", 4, 16, 8, 4],
  ["Standard_DS1_v2", 1, 3.5, 4, 2],
  ["Standard_DS2_v2", 2, 7, 8, 2],
  ["Standard_DS3_v2", 4, 14, 16, 4],
  ["Standard_D2s_v3", 2, 8, 4, 2],
  ["Standard_D4s_v3", 4, 16, 8, 2],
  ["Standard_D8s_v3", 8, 32, 16, 4],
  ["Standard_D2s_v5", 2, 8, 4, 2],
  ["Standard_D4s_v5", 4, 16, 8, 2],
  ["Standard_D8s_v5", 8, 32, 16, 4],
  ["Standard_D16s_v5", 16, 64, 32, 8],
  ["Standard_E2s_v3", 2, 16, 4, 2],
  ["Standard_E4s_v3", 4, 32, 8, 2],
  ["Standard_E8s_v3", 8, 64, 16, 4],
  ["Standard_E2s_v5", 2, 16, 4, 2],
  ["Standard_E4s_v5", 4, 32, 8, 2],
  ["Standard_E8s_v5", 8, 64, 16, 4],
  ["Standard_F2s_v2", 2, 4, 4, 2],
  ["Standard_F4s_v2", 4, 8, 8, 2],
  ["Standard_F8s_v2", 8, 16, 16, 4],
];

/** The VM sizes that exist in every region. */
export const MACHINE_SIZES: readonly MachineSize[] = ROWS.map(
  ([name, cores, memoryGiB, maxDataDisks, maxNics]) => ({
    name,
    cores,
    memoryGiB,
    maxDataDisks,
    maxNics,
  }),
);
