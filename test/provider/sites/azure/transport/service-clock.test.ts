import test from "ava";
import { createServiceClock } from "../../../../../provider/sites/azure/transport/service-clock.ts";

const noon = new Date("2026-01-15T12:00:00Z");

test("A-04 the time is the service's when the computer's clock is wrong", (t) => {
  const clock = createServiceClock();
  clock.note("Thu, 15 Jan 2026 14:00:00 GMT", noon);
  t.is(clock.now(new Date("2026-01-15T12:00:30Z")).toISOString(), "2026-01-15T14:00:30.000Z");
});

test("rounding and travel time are no difference, and a missing header tells nothing", (t) => {
  const clock = createServiceClock();
  clock.note("Thu, 15 Jan 2026 11:59:58 GMT", noon);
  clock.note(undefined, noon);
  clock.note("soon", noon);
  t.deepEqual(clock.now(noon), noon);
});
