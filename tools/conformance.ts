import { publishedExchanges, recordedExchanges } from "./conformance/exchanges.ts";
import { KNOWN_DIFFERENCES, knownOf, unexplained } from "./conformance/known-differences.ts";
import { type Replayed, replayAll } from "./conformance/replay.ts";
import { differencesOfRequestModels } from "./conformance/request-models.ts";
import {
  API_VERSIONS,
  readSwagger,
  serviceOperations,
  sharedFolder,
} from "./conformance/swagger.ts";

const WIDTHS = [9, 5, 9, 9];

/** `npm run conformance`: replays what is recorded and published of the service against the simulator. */
const shared = sharedFolder();
if (shared === undefined) {
  console.log("../shared/azure-spec is absent: there is nothing to compare the simulator with.");
} else {
  const operations = serviceOperations(shared);
  const replayed = await replayAll([
    ...recordedExchanges(new URL("azure-samples/", shared), operations),
    ...publishedExchanges(shared),
  ]);
  report(replayed);
  for (const version of API_VERSIONS) {
    const lines = differencesOfRequestModels(readSwagger(shared, version));
    console.log(`\nRequest bodies of ${version}: ${lines.length} differences from the models.`);
    for (const line of lines) console.log(`different: ${line}`);
    if (lines.length > 0) process.exitCode = 1;
  }
}

function report(replayed: readonly Replayed[]): void {
  const byOperation = Map.groupBy(replayed, ({ operationId }) => operationId);
  console.log("exchanges  equal  explained  different  operation");
  for (const [operation, group] of [...byOperation].sort(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const counts = countsOf(group).map((count, index) =>
      String(count).padStart(WIDTHS[index] ?? 0),
    );
    console.log(`${counts.join("  ")}  ${operation}`);
  }
  const [all, equal, explained, different] = countsOf(replayed);
  console.log(
    `\n${all} exchanges of ${byOperation.size} operations: ${equal} equal, ${explained} with known differences only, ${different} different.`,
  );
  const { differences, stale } = unexplained(replayed);
  console.log("\nKnown differences:");
  for (const { operation, reason } of KNOWN_DIFFERENCES)
    console.log(`- ${operation.source}: ${reason}`);
  for (const line of differences) console.log(`different: ${line}`);
  for (const { operation, difference } of stale)
    console.log(`no longer seen: ${operation.source} ${difference.source}`);
  if (differences.length > 0 || stale.length > 0) process.exitCode = 1;
}

function countsOf(group: readonly Replayed[]): readonly number[] {
  const equal = group.filter(({ differences }) => differences.length === 0);
  const different = group.filter((each) =>
    each.differences.some((difference) => knownOf(each, difference) === undefined),
  );
  return [
    group.length,
    equal.length,
    group.length - equal.length - different.length,
    different.length,
  ];
}
