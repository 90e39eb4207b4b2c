import { DAY, HOUR } from "../../../state/times.ts";

/** Office hours, in UTC: resynchronizations begin by themselves outside of them only (CH-HV-OFFICE-HOURS). */
const OPENS_MS: number = 6 * HOUR;
const CLOSES_MS: number = 18 * HOUR;

/** The first moment from `nowMs` on that is outside office hours, in virtual milliseconds. */
export function nextOutsideOfficeHours(nowMs: number): number {
  const ofDayMs = ((nowMs % DAY) + DAY) % DAY;
  const isOpen = ofDayMs >= OPENS_MS && ofDayMs < CLOSES_MS;
  return isOpen ? nowMs - ofDayMs + CLOSES_MS : nowMs;
}
