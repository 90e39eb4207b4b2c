import fc from "fast-check";
import {
  type Configuration,
  readConfiguration,
  readSecrets,
  settings,
} from "../../provider/configuration.ts";
import { InvalidConfigurationError } from "../../provider/errors.ts";
import { vcenterVariables } from "../../provider/vcenter-settings.ts";
import { anyText } from "./hostile.ts";
import { mutated, mutations } from "./mutate.ts";
import { type Target, WrongAnswerError } from "./target.ts";

/** Stack configuration and environment. */
interface SettingsCase {
  readonly stack: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

const password = "correct-horse-42";

const vcenters = {
  one: { url: "https://vc.example:8443/sdk", username: "a@b", password, caFile: "/etc/ca.pem" },
  two: { url: "http://127.0.0.1:8989", username: "b", password, thumbprint: "ab".repeat(32) },
};

const urls = [
  ...[
    "https://management.azure.com",
    "http://127.0.0.1:8080/",
    "http://localhost:1",
    "http://[::1]:2/x",
  ],
  ...["http://127.evil.example", "http://127.0.0.1.evil.example", "http://localhost.evil.example"],
  ...[
    "http://evil.example@127.0.0.1",
    "http://127.0.0.1@evil.example",
    "http://0x7f.1",
    "http://0",
  ],
  ...[
    "http://2130706433",
    "http://[::ffff:127.0.0.1]",
    "http://127.1",
    "file:///etc/passwd",
    "https:",
  ],
  ...[
    "javascript:alert(1)",
    "https://a:b@c",
    "//evil.example",
    "http:127.0.0.1",
    "HTTPS://A",
    "http://\t127.0.0.1",
  ],
];

const words: Readonly<Record<string, readonly string[]>> = {
  endpoint: urls,
  environment: ["public", "china", "usgovernment", "mars"],
  useOidc: ["true", "false", "TRUE"],
  pollingInterval: ["PT10S", "PT0.05S", "PT0.01S", "P99999999D", "PT1E3S"],
};

const json = mutations(3, { huge: false }).map((changes) =>
  JSON.stringify(mutated(vcenters, changes) ?? null),
);

function textOf(key: string): fc.Arbitrary<string> {
  const known = words[key] ?? ["11111111-2222-3333-4444-555555555555", "orders"];
  const text = key === "vcenters" ? json : fc.constantFrom(...known);
  return fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: anyText });
}

/** A map in which each of the keys stands now and then. */
function someOf(
  parts: readonly (readonly [name: string, text: fc.Arbitrary<string>])[],
): fc.Arbitrary<Record<string, string>> {
  const pairs = parts.map(([name, text]) =>
    fc.option(
      text.map((each): [string, string] => [name, each]),
      { nil: undefined },
    ),
  );
  return fc
    .tuple(...pairs)
    .map((list) => Object.fromEntries(list.filter((each) => each !== undefined)));
}

const keys = settings.map(({ key }) => key);
const govc = Object.entries(vcenterVariables).map(([name, variable]) => {
  const text =
    name === "url" ? fc.constantFrom(...urls, "vc.example", `a:${password}@vc.example`) : anyText;
  return [variable, text] as const;
});
const variables = settings
  .filter(({ key }) => key !== "vcenters")
  .flatMap(({ key, variables }) => variables.map((name) => [name, textOf(key)] as const));

/** The provider's settings, from stack and environment. */
export const settingsTarget: Target<SettingsCase> = {
  name: "settings",
  requirement: "Q-10",
  promise: "any setting is read, or refused by an error that names it and tells no secret",
  open: async () => ({
    cases: fc.record({
      stack: someOf(keys.map((key) => [key, textOf(key)])),
      environment: someOf([...variables, ...govc]),
    }),
    async answer({ stack, environment }) {
      const get = (key: string): string | undefined =>
        Object.hasOwn(stack, key) ? stack[key] : undefined;
      const secrets = readSecrets(get, environment);
      if (secrets.some((each) => typeof each !== "string")) throw new WrongAnswerError("no texts");
      try {
        judge(readConfiguration(get, environment));
        return "result";
      } catch (error) {
        if (!(error instanceof InvalidConfigurationError)) throw error;
        judgeError(error);
        return "failures";
      }
    },
    close: async () => undefined,
  }),
};

/** Plain http leads to this machine only; every number is one that can be waited for. */
function judge(configuration: Configuration): void {
  const { endpoint, vcenters = {}, pollingIntervalMilliseconds } = configuration;
  for (const url of [endpoint, ...Object.values(vcenters).map((each) => each.url)]) {
    const { protocol, hostname } = new URL(url);
    const isOwn = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname);
    if (protocol === "https:" || (protocol === "http:" && isOwn)) continue;
    throw new WrongAnswerError(`accepted as an address: ${url}`);
  }
  const isDelay = pollingIntervalMilliseconds >= 50 && pollingIntervalMilliseconds < 2 ** 31;
  if (!isDelay) throw new WrongAnswerError(`a wait of ${pollingIntervalMilliseconds} ms`);
}

const longestMessage = 2_000;

function judgeError({ message, setting }: InvalidConfigurationError): void {
  if (message.includes(password)) throw new WrongAnswerError(`tells a password: ${message}`);
  if (!message.includes(setting.slice(0, 100)) || !setting.startsWith("asr:")) {
    throw new WrongAnswerError(`names no setting: ${message.slice(0, 300)}`);
  }
  if (message.length > longestMessage) {
    throw new WrongAnswerError(
      `nobody reads ${message.length} characters: ${message.slice(0, 100)}`,
    );
  }
}
