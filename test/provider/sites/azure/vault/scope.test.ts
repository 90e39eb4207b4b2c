import test from "ava";
import { InvalidInputError } from "../../../../../provider/errors.ts";
import type { Connection } from "../../../../../provider/sites/azure/transport/connection.ts";
import { armUrl } from "../../../../../provider/sites/azure/vault/scope.ts";

const connection = {
  endpoint: "https://management.example",
  sanitize: (text: string) => text,
} as Connection;

const urlOf = (path: string): string => armUrl(connection, path, "2024-01-01");

test("Q-10 what stands in a segment of an id stays in its segment", (t) => {
  t.is(
    urlOf("/subscriptions/s/items/a%2f..?b=1#c\\d"),
    "https://management.example/subscriptions/s/items/a%252f..%3Fb%3D1%23c%5Cd?api-version=2024-01-01",
  );
});

test("Q-10 an id by which a request would reach another object is not asked for", (t) => {
  for (const path of ["/subscriptions/s/items/../x", "/a/./b", "/a/..", "/a/\ud800"]) {
    t.throws(() => urlOf(path), { instanceOf: InvalidInputError, message: /is no ARM id/ });
  }
  t.notThrows(() => urlOf("/a/...b/.c/d."));
});

test("Q-10 a name instead of an id does not go on with the host's name, and takes no token elsewhere", (t) => {
  for (const path of ["vnet", ".evil.example/x", "@evil.example/x", ":1/x", ""]) {
    t.throws(() => urlOf(path), {
      instanceOf: InvalidInputError,
      message: /beginning with \/subs/,
    });
  }
});
