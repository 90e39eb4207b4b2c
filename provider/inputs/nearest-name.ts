/**
 * The candidate that a mistyped name most likely means; undefined when none is near.
 * Case alone never counts as a difference; otherwise at most a third of the letters may differ.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase().slice(0, longestComparedName);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** A sentence that proposes the nearest candidate, or else lists them all; empty without candidates. */
export function proposal(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  if (nearest !== undefined) return ` Did you mean "${nearest}"?`;
  if (candidates.length === 0) return "";
  const shown = candidates.slice(0, listedCandidates).join(", ");
  const more = candidates.length - listedCandidates;
  return ` There ${candidates.length === 1 ? "is" : "are"}: ${shown}${more > 0 ? ` and ${more} more` : ""}.`;
}

/** Hostile input may be of any length; the distance takes time by the square of it. */
const longestComparedName = 100;
const listedCandidates = 12;

/** Letters to change, insert, remove or swap with their neighbour. */
function editDistance(left: string, right: string): number {
  let before: readonly number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 0; row < left.length; row += 1) {
    const current = [row + 1];
    for (let column = 0; column < right.length; column += 1) {
      const substitution = (previous[column] ?? 0) + (left[row] === right[column] ? 0 : 1);
      const swapped = left[row] === right[column - 1] && left[row - 1] === right[column];
      current.push(
        Math.min(
          (current[column] ?? 0) + 1,
          (previous[column + 1] ?? 0) + 1,
          substitution,
          swapped ? (before[column - 1] ?? 0) + 1 : substitution,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? left.length;
}
