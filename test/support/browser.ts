import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MOST_MS = 60_000;

/** A page open in a real browser. */
export interface Page {
  /** Runs an expression in the page and returns its value, which must survive JSON. */
  read(expression: string): Promise<unknown>;
  /** Reads an expression again and again until it is what is wanted; throws with the last value after a minute. */
  until(expression: string, wanted: (value: unknown) => boolean): Promise<unknown>;
  /** Writes a picture of the page (PNG). */
  picture(file: string): Promise<void>;
}

/** The path of a browser of this computer, or undefined where there is none. */
export function findBrowser(): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opens a page in a browser without a window, spoken to by the DevTools protocol; the test ends it. */
export async function openInBrowser(
  t: { teardown(work: () => unknown): void },
  browser: string,
  url: string,
): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), "asr-browser-"));
  const child = spawn(
    browser,
    [
      ...["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
      ...["--no-first-run", "--disable-background-networking", "--remote-debugging-port=0"],
      ...["--window-size=1280,900", `--user-data-dir=${profile}`, "about:blank"],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  t.teardown(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const { host } = new URL(await addressOf(child));
  const made = await fetch(`http://${host}/json/new?${encodeURIComponent(url)}`, { method: "PUT" });
  const { webSocketDebuggerUrl } = (await made.json()) as { webSocketDebuggerUrl: string };
  const send = await converse(webSocketDebuggerUrl);
  const read = async (expression: string): Promise<unknown> => {
    const answer = await send("Runtime.evaluate", { expression, returnByValue: true });
    return (answer.result as { value?: unknown } | undefined)?.value;
  };
  return {
    read,
    async until(expression, wanted) {
      const endMs = Date.now() + MOST_MS;
      for (;;) {
        const value = await read(expression);
        if (wanted(value)) return value;
        if (Date.now() > endMs) throw new Error(`${expression} stays ${JSON.stringify(value)}.`);
        await setTimeout(50);
      }
    },
    async picture(file) {
      const { data } = await send("Page.captureScreenshot", { format: "png" });
      writeFileSync(file, Buffer.from(String(data), "base64"));
    },
  };
}

/** The address at which the browser takes commands, which it prints when it is ready. */
async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error("The browser's messages cannot be read.");
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (address !== undefined) {
      child.stderr.resume();
      return address;
    }
    said.push(line);
  }
  throw new Error(`The browser ended before it was ready: ${said.join("\n")}`);
}

type Send = (method: string, params?: object) => Promise<Record<string, unknown>>;

async function converse(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  socket.addEventListener("message", ({ data }) => {
    const { id, result = {} } = JSON.parse(String(data));
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await once(socket, "open");
  let last = 0;
  return (method, params = {}) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}
