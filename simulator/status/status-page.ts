import type { Answer } from "../http/answer.ts";
import { PAGE_SCRIPT } from "./page-script.ts";

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
body { margin: 1.5rem; }
h1 { font-size: 1.3rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.3rem; }
h2 span { font-weight: normal; opacity: 0.7; }
#clock { font-variant-numeric: tabular-nums; margin: 0.2rem 0; }
#outages { color: #c50f1f; font-weight: bold; margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
th { font-weight: 600; opacity: 0.7; }
td { overflow-wrap: anywhere; }
progress { width: 5rem; }
.is-Normal, .is-Protected, .is-Succeeded { color: #0b7a0b; }
.is-Warning, .is-InProgress, .is-CompletedWithInformation { color: #a85b00; }
.is-Critical, .is-Failed, .is-Cancelled, .is-PartiallySucceeded { color: #c50f1f; }
@media (prefers-color-scheme: dark) {
  .is-Normal, .is-Protected, .is-Succeeded { color: #6ccb5f; }
  .is-Warning, .is-InProgress, .is-CompletedWithInformation { color: #fcb95e; }
  .is-Critical, .is-Failed, .is-Cancelled, .is-PartiallySucceeded, #outages { color: #ff8a8a; }
}`;

const TABLES: readonly (readonly [id: string, title: string, heads: readonly string[]])[] = [
  [
    "items",
    "Protected machines",
    [
      ...["Vault", "Item", "Machine", "From", "To"],
      ...["State", "Initial replication", "Active", "Health", "Job"],
    ],
  ],
  ["jobs", "Jobs", ["Job", "On", "State", "Progress", "Task", "Began", "Ended", "Error"]],
  ["faults", "Fault rules", ["Name", "Met", "Struck", "Rule"]],
];

const tables = TABLES.map(
  ([id, title, heads]) => `<h2>${title} <span id="${id}-count"></span></h2>
<div class="wide"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead><tbody id="${id}"></tbody></table></div>`,
).join("\n");

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulated Azure Site Recovery</title>
<link rel="icon" href="data:,">
<style>${STYLE}
</style>
</head>
<body>
<h1>Simulated Azure Site Recovery</h1>
<p id="clock">…</p>
<p id="outages"></p>
${tables}
<script>
${PAGE_SCRIPT}</script>
</body>
</html>
`;

/** Answers `/` with the page that a person watches during a rehearsal; it refreshes itself. */
export function statusPage(): Answer {
  return { status: 200, text: PAGE, headers: { "Content-Type": "text/html; charset=utf-8" } };
}
