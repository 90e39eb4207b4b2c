import test from "ava";
import {
  addressOf,
  createAddresses,
  noAddress,
} from "../../../../provider/hosts/dynamic/addresses.ts";

const one = { urn: "urn:one", name: "one", preview: false };
const two = { urn: "urn:two", name: "two", preview: false };

test("inputs are found whatever the order of their keys and with the engine's own keys beside them", (t) => {
  const addresses = createAddresses();
  addresses.remember("asr:index:Lamp", { a: 1, b: { c: 2, d: 3 } }, one);
  t.is(addresses.find("asr:index:Lamp", { b: { d: 3, c: 2 }, a: 1, __provider: "text" }), one);
  t.is(addresses.find("asr:index:Lamp", { a: 2 }), noAddress);
  t.is(addresses.find("asr:index:Other", { a: 1, b: { c: 2, d: 3 } }), noAddress);
});

test("resources with equal inputs take turns, and a second check of one adds nothing", (t) => {
  const addresses = createAddresses();
  for (const address of [one, two, one]) addresses.remember("asr:index:Lamp", { a: 1 }, address);
  const found = [1, 2, 3, 4].map(() => addresses.find("asr:index:Lamp", { a: 1 }).name);
  t.deepEqual(found.toSorted(), ["one", "one", "two", "two"]);
  t.not(found[0], found[1]);
});

test("a check without the class's input is about nobody and no preview", (t) => {
  t.is(addressOf({ a: 1 }), noAddress);
  t.deepEqual(addressOf({ __ctx: { dryRun: false, secretInputs: ["item"] } }), {
    preview: false,
    secretInputs: ["item"],
  });
  t.deepEqual(addressOf({ __ctx: { urn: "urn:one", name: "one", dryRun: true } }), {
    ...one,
    preview: true,
  });
});
