/** The key of a storage classification mapping in its vault. */
export function storageMappingKey(mapping: {
  readonly fabricName: string;
  readonly storageClassificationName: string;
  readonly name: string;
}): string {
  const { fabricName, storageClassificationName, name } = mapping;
  return `${fabricName}/${storageClassificationName}/${name}`.toLowerCase();
}
