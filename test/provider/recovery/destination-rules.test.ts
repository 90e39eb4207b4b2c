import test from "ava";
import { committedItem, protectedItem } from "./items.ts";
import { destination, failing, situation, size, vnet } from "./situations.ts";

test(
  "A2-REGION A-09 reprotect towards a region that does not answer is blocked",
  failing,
  "A2-REGION",
  "block",
  situation("Reprotect", committedItem(), destination({ trouble: "the region is down" })),
);

test(
  "A2-REGION a fabric in critical health blocks",
  failing,
  "A2-REGION",
  "block",
  situation("Failover", protectedItem(), destination({ fabricHealth: "Critical" })),
);

test(
  "A2-CACHE a reprotect without a cache storage account is blocked",
  failing,
  "A2-CACHE",
  "block",
  situation("Reprotect", committedItem(), destination({ resources: [] })),
  "cacheStorageAccount",
);

test(
  "A2-NEW A-11 resources that a reprotect creates are warned of",
  failing,
  "A2-NEW",
  "warn",
  situation(
    "Reprotect",
    committedItem(),
    destination({ resources: [{ kind: "resource group", id: "/rg/new", exists: false }] }),
  ),
);

test(
  "A2-TARGET a target network in another region is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation(
    "Failover",
    protectedItem(),
    destination({ network: { ...vnet, location: "northeurope" } }),
  ),
);

test(
  "A2-TARGET a subnet that is not there is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation("Failover", protectedItem(), destination({ network: { ...vnet, subnets: [] } })),
);

test(
  "A2-TARGET an address outside its subnet is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation(
    "Failover",
    protectedItem(),
    destination({
      network: { ...vnet, subnets: [{ name: "apps", addressPrefixes: ["10.9.0.0/24"] }] },
    }),
  ),
);

test(
  "A2-TARGET a resource group that is not there is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation(
    "Failover",
    protectedItem(),
    destination({ resources: [{ kind: "resource group", id: "/rg", exists: false }] }),
  ),
);

test(
  "A2-REQUIREMENTS A-03 a size that is not offered is blocked",
  failing,
  "A2-REQUIREMENTS",
  "block",
  situation("TestFailover", protectedItem(), destination({ sizes: [] })),
);

test(
  "A2-REQUIREMENTS A-03 more network interfaces than the size takes are blocked",
  failing,
  "A2-REQUIREMENTS",
  "block",
  situation("Failover", protectedItem(), destination({ sizes: [{ ...size, maximumNicCount: 0 }] })),
);

test(
  "A2-REQUIREMENTS A-03 what the service says against the machine blocks in its words",
  failing,
  "A2-REQUIREMENTS",
  "block",
  situation(
    "TestFailover",
    protectedItem(),
    destination({ eligibilityErrors: ["The OS is not supported."] }),
  ),
);

test(
  "A2-TEST-NETWORK a drill in the production network is blocked",
  failing,
  "A2-TEST-NETWORK",
  "block",
  situation("TestFailover", protectedItem(), {
    testNetworkId: protectedItem().target.networkId.toUpperCase(),
  }),
  "network",
);
