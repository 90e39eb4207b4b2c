import test from "ava";
import fc from "fast-check";
import { plainName } from "../../../../provider/sites/vsphere/reads/names.ts";
import {
  child,
  children,
  flagAt,
  parseAnswer,
  textAt,
  textOf,
  typeOf,
} from "../../../../provider/sites/vsphere/wire/parse.ts";
import {
  contentText,
  envelope,
  escapeText,
  structure,
} from "../../../../provider/sites/vsphere/wire/serialize.ts";
import {
  addDiskCall,
  extraConfigCall,
  removeDiskCall,
  storageDrsCall,
} from "../../../../provider/sites/vsphere/writes/recipes.ts";

/** What stands inside the method's element. */
function inside(text: string): string {
  return /<Body><[^>]+>(.*)<\/[^>]+><\/Body>/.exec(text)?.[1] ?? "";
}

const vm = '<_this type="VirtualMachine">vm-42</_this>';
const disk = {
  ...{ key: 2003, fileName: "[ds1] mt/mt_1.vmdk", uuid: "", capacityBytes: 2 ** 40 },
  ...{ controllerKey: 1000, unitNumber: 5, rawDeviceMapping: false },
};
const manager = { type: "StorageResourceManager", id: "StorageResourceManager" };

const recipes: readonly (readonly [what: string, text: string, expected: string])[] = [
  [
    "disk.EnableUUID",
    envelope(extraConfigCall("vm-42", "disk.EnableUUID", "TRUE")),
    `${vm}<spec><extraConfig xsi:type="OptionValue"><key>disk.EnableUUID</key><value xsi:type="xsd:string">TRUE</value></extraConfig></spec>`,
  ],
  [
    "a new disk",
    envelope(
      addDiskCall("vm-42", {
        ...{ datastoreName: "a & b", capacityBytes: 2 ** 40, controllerKey: 1000, unitNumber: 5 },
      }),
    ),
    `${vm}<spec><deviceChange><operation>add</operation><fileOperation>create</fileOperation><device xsi:type="VirtualDisk"><key>-1</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>[a &amp; b]</fileName><diskMode>persistent</diskMode><thinProvisioned>true</thinProvisioned></backing><controllerKey>1000</controllerKey><unitNumber>5</unitNumber><capacityInKB>1073741824</capacityInKB></device></deviceChange></spec>`,
  ],
  [
    "a disk that goes",
    envelope(removeDiskCall("vm-42", disk)),
    `${vm}<spec><deviceChange><operation>remove</operation><fileOperation>destroy</fileOperation><device xsi:type="VirtualDisk"><key>2003</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>[ds1] mt/mt_1.vmdk</fileName><diskMode>persistent</diskMode></backing><controllerKey>1000</controllerKey><unitNumber>5</unitNumber><capacityInKB>1073741824</capacityInKB></device></deviceChange></spec>`,
  ],
  [
    "an exclusion from Storage DRS",
    envelope(storageDrsCall(manager, "group-p1", "vm-42", "add")),
    '<_this type="StorageResourceManager">StorageResourceManager</_this><pod type="StoragePod">group-p1</pod><spec><vmConfigSpec><operation>add</operation><info><vm type="VirtualMachine">vm-42</vm><enabled>false</enabled></info></vmConfigSpec></spec><modify>true</modify>',
  ],
  [
    "its undoing",
    envelope(storageDrsCall(manager, "group-p1", "vm-42", "remove")),
    '<_this type="StorageResourceManager">StorageResourceManager</_this><pod type="StoragePod">group-p1</pod><spec><vmConfigSpec><operation>remove</operation><removeKey xsi:type="ManagedObjectReference" type="VirtualMachine">vm-42</removeKey></vmConfigSpec></spec><modify>true</modify>',
  ],
  [
    "its undoing when the entry holds more",
    envelope(storageDrsCall(manager, "group-p1", "vm-42", "include")),
    '<_this type="StorageResourceManager">StorageResourceManager</_this><pod type="StoragePod">group-p1</pod><spec><vmConfigSpec><operation>edit</operation><info><vm type="VirtualMachine">vm-42</vm><enabled>true</enabled></info></vmConfigSpec></spec><modify>true</modify>',
  ],
  [
    "a list by a view, whatever the order in which it was written",
    envelope({
      method: "RetrievePropertiesEx",
      target: { type: "PropertyCollector", id: "propertyCollector" },
      elements: {
        options: structure("RetrieveOptions", { maxObjects: 100 }),
        specSet: structure("PropertyFilterSpec", {
          objectSet: structure("ObjectSpec", {
            selectSet: structure("TraversalSpec", {
              ...{ skip: false, path: "view", type: "ContainerView", name: "view" },
            }),
            skip: true,
            obj: { type: "ContainerView", id: "v-1" },
          }),
          propSet: structure("PropertySpec", { pathSet: ["name", "parent"], type: "Folder" }),
        }),
      },
    }),
    '<_this type="PropertyCollector">propertyCollector</_this><specSet><propSet><type>Folder</type><pathSet>name</pathSet><pathSet>parent</pathSet></propSet><objectSet><obj type="ContainerView">v-1</obj><skip>true</skip><selectSet xsi:type="TraversalSpec"><name>view</name><type>ContainerView</type><path>view</path><skip>false</skip></selectSet></objectSet></specSet><options><maxObjects>100</maxObjects></options>',
  ],
];

for (const [what, text, expected] of recipes) {
  test(`elements are sent in the order of the API: ${what}`, (t) => {
    t.is(inside(text), expected);
  });
}

test("an element that no table names is not sent", (t) => {
  t.throws(() => contentText("OptionValue", { key: "a", vlaue: "b" }), { message: /vlaue/ });
  t.throws(() => contentText("Nothing", {}), { message: /no table/ });
});

test("every text comes back as it was sent, and closes no element", (t) => {
  const text = fc.string({ unit: "binary" }).filter((each) => each === withoutControls(each));
  fc.assert(
    fc.property(text, (value) => {
      const sent = `<e:Envelope xmlns:e="x"><e:Body><A><b>${escapeText(value)}</b></A></e:Body></e:Envelope>`;
      t.is(textAt(parseAnswer(sent)?.node, "b"), value);
    }),
  );
});

test("characters that XML cannot hold are left out", (t) => {
  t.is(escapeText("a\u0000b\u001fc"), "abc");
});

/** Without what XML 1.0 forbids. */
function withoutControls(text: string): string {
  return [...text]
    .filter((each) => {
      const code = each.codePointAt(0) ?? 0;
      const surrogate = code >= 0xd800 && code <= 0xdfff;
      return (code >= 32 || [9, 10, 13].includes(code)) && !surrogate && (code & 0xfffe) !== 0xfffe;
    })
    .join("");
}

const wrapped = (content: string): string =>
  `<?xml version="1.0"?>\n<soapenv:Envelope xmlns:soapenv="s" xmlns:xsi="i">\n<soapenv:Body>\n${content}\n</soapenv:Body>\n</soapenv:Envelope>`;

test("an answer is read by names: one element is a list of one, an empty one is empty, values stay text", (t) => {
  const answer = parseAnswer(
    wrapped(
      '<XResponse xmlns="urn:vim25"><a>007</a><a> 1 </a><b xsi:type="vim25:T"><c>1</c></b><d></d><e/><q>config[&#34;x&#39;]</q></XResponse>',
    ),
  );
  t.is(answer?.name, "XResponse");
  const node = answer?.node;
  t.deepEqual(children(node, "a").map(textOf), ["007", " 1 "]);
  t.is(children(node, "b").length, 1);
  t.is(typeOf(child(node, "b")), "T");
  t.true(flagAt(child(node, "b"), "c", false));
  t.is(textAt(node, "d"), "");
  t.is(textAt(node, "e"), "");
  t.is(textAt(node, "absent", "deeper"), "");
  t.is(textAt(node, "q"), `config["x']`);
});

test("what is no answer is told from one, and a document type is refused", (t) => {
  for (const text of ["", "hello", "<html><body>503</body></html>", "{}", "<a", wrapped("")]) {
    t.is(parseAnswer(text), undefined, text);
  }
  t.is(parseAnswer(`<!DOCTYPE a [<!ENTITY b "c">]>${wrapped("<A>&b;</A>")}`), undefined);
});

test("a vCenter's own escapes in names are undone once", (t) => {
  t.is(plainName("50%25 a%2fb%5Cc %252f"), "50% a/b\\c %2f");
});
