/** How a promise is tested, in a sentence or two; the tests themselves are found by the ids in their titles. */
export const proofs: Readonly<Record<string, string>> = {
  "Q-01":
    "`npm run crash-sweep` plays every action of every kind of site, for one machine and for a recovery plan, against the simulator. At each request it kills the provider's process, kills the engine, or interrupts the terminal, once before the service sees the request, once before the answer arrives, and once after; then it runs `pulumi up` again and holds the service's journal and the machines' final states against an undisturbed run. `make test` runs a part of it.",
  "Q-02":
    "A provider asks each second, and before each write, whether its engine still answers. The sweep counts what a provider sends after its engine was killed.",
  "Q-03":
    "`npm run fault-sweep` does the same with bad answers, broken connections, stale reads, lost job status, failed and cancelled tasks. An error has to name what it is about, the reason and the next step.",
  "Q-04":
    "Machines of sets and of recovery plans are made to fail, first, last, some and all, with `onFailure` of either kind, and the run after it is held against its preview by the service's journal.",
  "Q-05":
    "A table of changes is made in the simulator as somebody in the portal would make them; refresh, preview and the next run are read after each.",
  "Q-06": "With the real engine: interrupted, refreshed, previewed, and run again.",
  "Q-07":
    "The set and the recovery points are changed between preview and run, and while an action waits.",
  "Q-08":
    "With the real engine, for every action that moves machines. A renamed action without an alias is a new one to Pulumi: what it would do to a machine that has come home since is shown by preview, with a warning that the machine went this way before (`OP-AGAIN`).",
  "Q-09":
    "Two providers are held back until both have decided, and are then let go at the same moment.",
  "Q-10":
    "`npm run fuzz` feeds every check with generated input, right, nearly right and hostile, through the same door as the engine.",
  "Q-11":
    "`npm run fuzz` does so with world files, requests to the simulator, and answers of Azure and vCenter.",
  "Q-12":
    "A story is played with marked secrets, failures included; then everything that was written (state and its backups, output, logs, journal, snapshot, status page) is searched for them, in clear and encoded.",
  "Q-13": "The lock file and the packed package are read; [licences.md](licences.md) is generated.",
};
