import { type Configuration, readConfiguration, readSecrets } from "../../configuration.ts";
import type { SiteRegistry } from "../../sites/registry.ts";

/** The stack's configuration as the stock host hands it to `configure`. */
export interface StackConfiguration {
  get(key: string): string | undefined;
}

/** The provider's settings with the sites they name. */
export interface Settings {
  readonly configuration: Configuration;
  readonly sites: SiteRegistry;
}

/**
 * Holds the settings of the process. The stock host lets parallel reads and deletes begin before
 * `configure` has ended, so they are a promise that every call awaits.
 */
export interface SettingsHolder {
  /** Reads the settings; a wrong one is kept and thrown by `read`, where a check can report it. */
  configure(stack: StackConfiguration): void;
  /**
   * Waits until the process is configured.
   *
   * @throws InvalidConfigurationError that names the setting.
   */
  read(): Promise<Settings>;
  /** Secret values of the settings, to be kept out of texts; empty before the process is configured. */
  secrets(): readonly string[];
}

/** What reading the settings needs. */
export interface SettingsOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly createSites: (configuration: Configuration) => SiteRegistry;
}

/** Makes a holder; the first `configure` counts, all resources of a run share it. */
export function createSettingsHolder(options: SettingsOptions): SettingsHolder {
  const settings = Promise.withResolvers<Settings>();
  let configured = false;
  let secrets: readonly string[] = [];
  // Whoever awaits the settings sees the error; nobody may await them.
  settings.promise.catch(() => undefined);
  return {
    configure(stack) {
      if (configured) return;
      configured = true;
      const get = (key: string): string | undefined => stack.get(`asr:${key}`);
      // Before anything can fail, because a failure is printed.
      secrets = readSecrets(get, options.environment);
      try {
        const configuration = readConfiguration(get, options.environment);
        settings.resolve({ configuration, sites: options.createSites(configuration) });
      } catch (error) {
        settings.reject(error);
      }
    },
    read: () => settings.promise,
    secrets: () => secrets,
  };
}
