import { publishedExchanges } from "./exchanges.ts";
import { formsOf } from "./forms.ts";
import { requestModelsOf } from "./request-models.ts";
import { API_VERSIONS, readSwagger, serviceOperations } from "./swagger.ts";

/** Where the tests keep what they know of the published API. */
export const FIXTURES: URL = new URL("../../test/simulator/fixtures/", import.meta.url);

/** What the tests keep of the published API, by file name: operations, models of request bodies, forms of exchanges. */
export function fixturesFrom(shared: URL): Readonly<Record<string, string>> {
  const newest = API_VERSIONS.at(-1) ?? "";
  const rows = serviceOperations(shared).map((row) => `  ${JSON.stringify(row)}`);
  return {
    "service-operations.json": `[\n${rows.join(",\n")}\n]\n`,
    ...Object.fromEntries(
      API_VERSIONS.map((version) => [
        `request-models-${version}.json`,
        `${JSON.stringify(requestModelsOf(readSwagger(shared, version)))}\n`,
      ]),
    ),
    "exchange-forms.json": `${JSON.stringify(formsOf(newest, publishedExchanges(shared)))}\n`,
  };
}
