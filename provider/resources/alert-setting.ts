import { completeName, completeVault, vaultIdOf } from "../inputs/vault-object.ts";
import { nameOf } from "../recovery/identity.ts";
import type { AlertSettingFacts } from "../sites/azure/site.ts";
import { hasUnknown } from "../unknown.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * Who is told by mail about events of a vault. A vault has one such setting; destroying this resource
 * leaves it in place and empties it, because the service cannot delete it.
 *
 * @example
 * ```ts
 * new asr.AlertSetting("alerts", { vault: vault.id, emailAddresses: ["dr@example.com"] });
 * ```
 */
export interface AlertSettingInputs extends VaultObjectInputs {
  /**
   * Name of the setting; the service knows one. Changing it replaces the resource.
   * @defaultValue defaultAlertSetting
   * @replaceOnChanges
   */
  readonly name?: string;
  /**
   * Sends mail to the owners of the subscription.
   * @defaultValue false
   */
  readonly sendToOwners?: boolean;
  /** Addresses that mail is sent to, in any order. */
  readonly emailAddresses?: readonly string[];
  /**
   * Language of the mails, such as `en_US`.
   * @defaultValue en_US
   */
  readonly locale?: string;
}

/** What is recorded of an alert setting. */
export interface AlertSettingState extends AlertSettingInputs, SetUpState {}

const emailPattern = /^[^\s@]+@[^\s@]+$/;

/** The handler of `AlertSetting`. */
export const alertSettingHandler: SetUpHandler<
  AlertSettingInputs,
  AlertSettingState,
  AlertSettingFacts
> = new SetUpHandler<AlertSettingInputs, AlertSettingState, AlertSettingFacts>({
  token: "asr:index:AlertSetting",
  noun: "alert setting",
  comparison: { sets: ["emailAddresses"] },

  complete: (context, inputs) => ({
    ...inputs,
    vault: completeVault(context, inputs.vault),
    name: completeName(context, inputs.name),
  }),

  id: (_context, inputs) => `${inputs.vault}/replicationAlertSettings/${inputs.name}`,

  problems: ({ emailAddresses = [] }) =>
    hasUnknown(emailAddresses)
      ? []
      : emailAddresses
          .map((address, index) => ({ address, path: `emailAddresses[${index}]` }))
          .filter(({ address }) => !emailPattern.test(address))
          .map(({ address, path }) => ({
            path,
            reason: `"${address.slice(0, 60)}" is no mail address.`,
          })),

  // An empty setting tells nobody anything: it counts as not there, so that a first one may be created.
  async observe(context, site, id) {
    const facts = await site.vault(vaultIdOf(id)).alertSetting(context, nameOf(id));
    return facts === undefined || isEmpty(facts) ? undefined : facts;
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    sendToOwners: facts.sendToOwners,
    emailAddresses: facts.emailAddresses,
    locale: facts.locale || "en_US",
  }),

  create: (context, site, id, inputs) =>
    site.vault(vaultIdOf(id)).putAlertSetting(context, nameOf(id), settingOf(inputs)),
  change: (context, site, id, _facts, inputs) =>
    site.vault(vaultIdOf(id)).putAlertSetting(context, nameOf(id), settingOf(inputs)),

  async remove(context, site, id) {
    const nobody = { sendToOwners: false, emailAddresses: [], locale: "en_US" };
    await site.vault(vaultIdOf(id)).putAlertSetting(context, nameOf(id), nobody);
  },
});

function settingOf(inputs: AlertSettingInputs): Omit<AlertSettingFacts, "id" | "name"> {
  return {
    sendToOwners: inputs.sendToOwners ?? false,
    emailAddresses: inputs.emailAddresses ?? [],
    locale: inputs.locale ?? "en_US",
  };
}

function isEmpty(facts: AlertSettingFacts): boolean {
  return !facts.sendToOwners && facts.emailAddresses.length === 0;
}
