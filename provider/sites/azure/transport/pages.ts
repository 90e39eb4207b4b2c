import type { OperationContext } from "../../../context.ts";
import { asWire, textOf, type Wire, wiresOf } from "../facts/wire.ts";
import type { Connection } from "./connection.ts";
import { exchange } from "./exchange.ts";
import type { Order } from "./order.ts";
import { trustedUrl } from "./trusted-url.ts";

/** Pages read of one list at most; a service that links in a circle ends here. */
const maximumPages = 200;

/** Reads a list through all its pages; `enough` may end it early, seeing each page's objects. */
export async function readPages(
  context: OperationContext,
  connection: Connection,
  order: Order,
  enough: (page: readonly Wire[]) => boolean = () => false,
): Promise<readonly Wire[]> {
  const found: Wire[] = [];
  let url: string | undefined = order.url;
  for (let page = 0; url !== undefined && page < maximumPages; page += 1) {
    const body: Wire = asWire((await exchange(context, connection, { ...order, url })).body);
    const values = wiresOf(body, "value");
    found.push(...values);
    url = enough(values) ? undefined : trustedUrl(connection.endpoint, textOf(body, "nextLink"));
  }
  return found;
}
