import { removeResource, storeResource } from "../../azure/resources.ts";
import type { Simulation } from "../../simulation.ts";
import type { AzureResource } from "../../state/model.ts";

/** Makes objects and remembers them, so that all can be taken back when something later is refused. */
export interface Maker {
  put<T>(table: Record<string, T>, key: string, value: T): T;
  store(resource: AzureResource): AzureResource;
  takeBack(): void;
}

/** A maker that has made nothing yet. */
export function createMaker(simulation: Simulation): Maker {
  const undo: (() => void)[] = [];
  return {
    put(table, key, value) {
      table[key] = value;
      simulation.changed = true;
      undo.push(() => delete table[key]);
      return value;
    },
    store(resource) {
      undo.push(() => removeResource(simulation, resource.id));
      return storeResource(simulation, resource);
    },
    takeBack() {
      for (const step of undo.splice(0)) step();
    },
  };
}
