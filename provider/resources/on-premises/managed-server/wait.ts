import type { Context } from "../../../context.ts";
import { BlockedError, DeadlineError, SiteError } from "../../../errors.ts";
import { parentOf, vaultIdOf } from "../../../inputs/vault-object.ts";
import type { Finding } from "../../../recovery/findings.ts";
import { nameOf } from "../../../recovery/identity.ts";
import { pause } from "../../../waiting.ts";
import { type Look, type LookAsk, lookAnew } from "./look.ts";

/** Rules that a server may break for a while after it was mended or registered, and then keep by itself. */
const passing: readonly string[] = [
  "MT-HOST",
  "MT-TOOLS",
  "MT-RETENTION",
  "AP-HEALTH",
  "VC-PRIV",
  "VC-CONNECTED",
];

/** Time between two orders to look at the site anew, in milliseconds. */
const refreshMilliseconds = 5 * 60_000;

/**
 * Waits until Azure lists the server, ready for a failback: registered, with a heartbeat, its datastores and, on a
 * master target, its volume for retention data. Has the site's server look anew now and then.
 * Throws BlockedError for what no waiting mends, DeadlineError that says what is still missing.
 */
export async function waitUntilReady(context: Context, ask: LookAsk): Promise<Look> {
  let refreshedAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const look = await lookAnew(context, ask);
    const open = look.findings.filter((each) => each.severity !== "warn");
    if (open.length === 0 && isListed(look)) return look;
    const final = open.filter((each) => each.severity === "block" && !passing.includes(each.rule));
    if (final.length > 0) {
      throw new BlockedError(final.map((each) => each.text).join("\n"), final);
    }
    const now = context.clock.now().getTime();
    if (now - refreshedAt >= refreshMilliseconds) {
      refreshedAt = now;
      // A refresh takes its time, and what it brings may be there at once.
      if (await refresh(context, ask.id)) continue;
    }
    await waitOn(context, ask.id, open);
  }
}

function isListed({ situation }: Look): boolean {
  return (situation.masterTarget ?? situation.appliance) !== undefined;
}

async function waitOn(context: Context, id: string, open: readonly Finding[]): Promise<void> {
  const texts = open.map((each) => `${each.fact} ${each.remedy}`);
  try {
    await pause(context, `${nameOf(id)}: waits until it is ready. ${texts.join(" ")}`);
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    throw new DeadlineError(
      `${nameOf(id)} was not ready in time:\n${open.map((each) => each.text).join("\n")}`,
      {
        cause: error,
        hint: "See to it, then run `pulumi up` again: it goes on waiting, and does nothing twice. A longer `timeout` gives it more time.",
      },
    );
  }
}

/** True when the site's server was asked; one that is not connected yet cannot be. */
async function refresh(context: Context, id: string): Promise<boolean> {
  const fabric = nameOf(parentOf(id));
  const site = await context.sites.azure(context);
  const vault = site.vault(vaultIdOf(id));
  try {
    context.log.progress(`${nameOf(id)}: has the site ${fabric} looked at anew`);
    await vault.onPremises.refresh(context, fabric);
    return true;
  } catch (error) {
    // The deadline belongs to what is waited for, and is told with that.
    if (!(error instanceof SiteError || error instanceof DeadlineError)) throw error;
    context.log.progress(
      `${nameOf(id)}: the site ${fabric} could not be refreshed: ${error.message}`,
    );
    return false;
  }
}
