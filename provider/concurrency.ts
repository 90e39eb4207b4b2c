/** Runs the work for every element, so many at a time; results keep the elements' order. */
export async function mapAtMost<Element, Result>(
  count: number,
  elements: readonly Element[],
  work: (element: Element) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = [...elements.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, element] = next;
      results[index] = await work(element);
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, elements.length) }, worker));
  return results;
}
