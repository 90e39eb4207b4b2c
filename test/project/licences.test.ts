import test from "ava";
import {
  allowedLicences,
  readAllowedScripts,
  readLicences,
  readLock,
  renderLicences,
  runtimePackages,
  scriptedPackages,
} from "../../tools/licences.ts";

const lock = readLock();
const packages = runtimePackages(lock);
const namesOf = (found: readonly { readonly path: string }[]): readonly string[] =>
  found.map(({ path }) => path);

test("Q-13 docs/licences.md is what package-lock.json says; if not, run `npm run licences`", (t) => {
  t.is(readLicences(), renderLicences());
});

test("Q-13 the dependencies of dependencies are found where Node.js finds them, the nearest first", (t) => {
  const found = runtimePackages({
    "": { dependencies: { one: "1" }, devDependencies: { tool: "1" } },
    "node_modules/one": { dependencies: { two: "2" }, optionalDependencies: { three: "1" } },
    "node_modules/one/node_modules/two": { dependencies: { three: "1" } },
    "node_modules/two": {},
    "node_modules/three": {},
    "node_modules/tool": {},
  });
  t.deepEqual(namesOf(found), [
    "node_modules/one",
    "node_modules/three",
    "node_modules/one/node_modules/two",
  ]);
  t.throws(() => runtimePackages({ "": { dependencies: { absent: "1" } } }), {
    message: /lacks absent/,
  });
});

test("Q-13 no run-time dependency runs a script when it is installed", (t) => {
  t.true(packages.length > 0);
  t.deepEqual(namesOf(packages.filter(({ hasInstallScript }) => hasInstallScript === true)), []);
  const scripted = scriptedPackages(lock).map(({ name }) => name);
  t.deepEqual(Object.keys(readAllowedScripts()).sort(), [...scripted].sort());
  t.notRegex(readLicences(), /unknown/);
});

test("Q-13 every run-time dependency has a version, a hash and a licence that asks for nothing", (t) => {
  const loose = packages.filter(
    ({ version, integrity }) => version === undefined || !/^sha512-/.test(integrity ?? ""),
  );
  t.deepEqual(namesOf(loose), []);
  const strange = packages.filter(({ license }) => !allowedLicences.includes(license ?? ""));
  t.deepEqual(namesOf(strange), []);
});

test("Q-13 the run-time dependencies stay few, and are asked for in one version each", (t) => {
  const direct = Object.values(lock[""]?.dependencies ?? {});
  t.deepEqual(
    direct.filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
    [],
  );
  t.true(direct.length <= 6, `asked for: ${direct.length}`);
  // Most of them belong to Microsoft's way to sign in and its pipeline of requests.
  t.true(packages.length <= 62, `installed: ${packages.length}`);
});
