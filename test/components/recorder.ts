import * as pulumi from "@pulumi/pulumi";

/** A resource as the program registered it. */
export interface RegisteredResource {
  /** Such as `Fabric`, or the whole token for a resource of another package. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Everything that a program under mocks registers, in its order. */
export interface Recorder {
  readonly resources: readonly RegisteredResource[];
  find(type: string, name: string): RegisteredResource;
}

const vaultId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";

/** Outputs that a resource of this type has beyond its inputs, as Azure would make them. */
const outputs: Readonly<Record<string, (name: string) => Readonly<Record<string, unknown>>>> = {
  Vault: (name) => ({ vaultId: vaultId.replace(/v$/, name) }),
  Fabric: (name) => ({
    fabricId: `${vaultId}/replicationFabrics/${name}`,
    containerId: `${vaultId}/replicationFabrics/${name}/replicationProtectionContainers/cloud`,
  }),
  VmmServer: (name) => ({
    fabricId: `${vaultId}/replicationFabrics/${name}`,
    clouds: Object.fromEntries(
      ["Gold", "Production", "Replica"].map((cloud) => [cloud, `${name}-${cloud}-id`]),
    ),
  }),
  ProtectionContainer: (name) => ({
    containerId: `${vaultId}/replicationFabrics/f/replicationProtectionContainers/${name}`,
  }),
  ReplicationPolicy: (name) => ({ policyId: `${vaultId}/replicationPolicies/${name}` }),
  ReplicatedItem: (name) => ({ itemId: `${vaultId}/items/${name}`.toLowerCase() }),
  RecoveryPlan: (name) => ({ planId: `${vaultId}/replicationRecoveryPlans/${name}` }),
};

/** Puts Pulumi's mocks in place of an engine; outputs are known also where `preview` is true. */
export async function recordResources(preview: boolean): Promise<Recorder> {
  const resources: RegisteredResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const short = type.replace("pulumi-nodejs:dynamic/asr:", "");
        const { __provider: _, __ctx: __, ...plain } = inputs;
        resources.push({ type: short, name, inputs: plain });
        const named = { name, ...inputs };
        return { id: `${name}-id`, state: { ...named, ...outputs[short]?.(name) } };
      },
      call: ({ inputs }) => inputs,
    },
    "project",
    "stack",
    preview,
  );
  return {
    resources,
    find(type, name) {
      const found = resources.find((each) => each.type === type && each.name === name);
      if (found !== undefined) return found;
      const all = resources.map((each) => `${each.type} ${each.name}`).join(", ");
      throw new Error(`No ${type} ${name} was registered, but ${all}.`);
    },
  };
}

/** What a program registers, run to its end under Pulumi's mocks. */
export async function recordProgram(preview: boolean, program: () => void): Promise<Recorder> {
  const recorder = await recordResources(preview);
  program();
  await pulumi.runtime.disconnect();
  return recorder;
}

/** Types and names of all that was registered, in alphabetical order. */
export const namesOf = ({ resources }: Recorder): readonly string[] =>
  resources.map(({ type, name }) => `${type} ${name}`).toSorted();
