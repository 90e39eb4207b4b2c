/** The script of the status page: asks for the data every second and puts them into the tables. */
export const PAGE_SCRIPT = `"use strict";
const columns = {
  items: ["vault", "item", "machine", "from", "to", "state", "progress", "active", "health", "doing"],
  jobs: ["scenario", "on", "state", "progress", "task", "began", "ended", "error"],
  faults: ["id", "met", "struck", "rule"],
};

function cell(name, value) {
  const td = document.createElement("td");
  if (name === "progress" && value !== null) {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = value;
    td.append(bar, " " + value + " %");
  } else if (name === "rule") td.textContent = JSON.stringify(value);
  else if (name === "began" || name === "ended") td.textContent = (value || "").slice(0, 19).replace("T", " ");
  else td.textContent = value === null ? "" : String(value);
  if (name === "state" || name === "health") td.className = "is-" + value;
  return td;
}

function fill(table, rows, total) {
  const body = document.getElementById(table);
  body.replaceChildren(
    ...rows.map((row) => {
      const tr = document.createElement("tr");
      tr.append(...columns[table].map((name) => cell(name, row[name])));
      return tr;
    }),
  );
  const more = total > rows.length ? ", the first " + rows.length + " shown" : "";
  document.getElementById(table + "-count").textContent = total + more;
}

async function refresh() {
  const clock = document.getElementById("clock");
  try {
    const response = await fetch("/_simulator/status", { cache: "no-store" });
    const status = await response.json();
    const { now, mode, factor } = status.clock;
    clock.textContent =
      now.slice(0, 19).replace("T", " ") + " UTC, " + mode + (mode === "accelerated" ? " " + factor + " times" : "");
    document.getElementById("outages").textContent =
      status.outages.length === 0 ? "" : "Out of service: " + status.outages.join(", ");
    fill("items", status.items.rows, status.items.total);
    fill("jobs", status.jobs.rows, status.jobs.total);
    fill("faults", status.faults, status.faults.length);
  } catch (error) {
    clock.textContent = "The simulator does not answer (" + error.message + ").";
  }
  setTimeout(refresh, 1000);
}

refresh();
`;
