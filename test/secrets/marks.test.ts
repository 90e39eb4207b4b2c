import test from "ava";
import { findMarks, makeMark } from "./marks.ts";

const mark = makeMark("password");
const { value } = mark;

const forms: readonly (readonly [how: string, text: string])[] = [
  ["as it is", value],
  ["as JSON", JSON.stringify({ value })],
  ["as JSON inside of JSON", JSON.stringify(JSON.stringify({ value }))],
  ["as XML", value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
  ["as part of a URL", encodeURIComponent(value)],
  ["as a form inside of JSON", JSON.stringify(String(new URLSearchParams({ value })))],
  ["in base64", Buffer.from(`user:${value}`).toString("base64")],
  ["in base64 of URLs, elsewhere", Buffer.from(`users:${value}!`).toString("base64url")],
  ["by its beginning", value.slice(0, 20)],
  ["by its end", value.slice(-20)],
];

for (const [how, text] of forms) {
  test(`Q-12 a secret that was left ${how} is found, and not shown again`, (t) => {
    const found = findMarks([mark, makeMark("other")], [{ name: "log", text: `it was ${text}!` }]);
    t.is(found.length, 1);
    t.regex(found[0] ?? "", /^password in log: …it was/);
    t.false(found.join().includes(value.slice(3, 11)));
  });
}

test("Q-12 nothing is found where no secret is", (t) => {
  t.deepEqual(findMarks([mark], [{ name: "log", text: makeMark("").value }]), []);
});
