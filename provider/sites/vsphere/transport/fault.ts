import { child, textAt, textOf, typeOf, type WireNode } from "../wire/parse.ts";

/** A fault in the vCenter's words. */
export interface VsphereFault {
  /** Name of its type, such as `NoPermission`. */
  readonly type: string;
  /** The vCenter's text in one line, of any length; empty when it gave none. */
  readonly message: string;
  /** NoPermission: what the account lacks; empty otherwise. */
  readonly privilegeId: string;
  /** InvalidPowerState: how the machine is; empty otherwise. */
  readonly existingState: string;
  /** InvalidArgument, InvalidProperty: what is wrong; empty otherwise. */
  readonly property: string;
}

/** Reads `Fault` of an answer: `faultstring` and the typed element inside `detail`. */
export function faultOfAnswer(node: WireNode): VsphereFault {
  const detail = child(node, "detail");
  const [name, typed] =
    typeof detail === "object"
      ? (Object.entries(detail).find(([each]) => !/^[#@]/.test(each)) ?? ["", undefined])
      : ["", undefined];
  const found = faultOf(typed as WireNode | undefined, textAt(node, "faultstring"));
  return found.type === "" ? { ...found, type: name.replace(/Fault$/, "") || "Fault" } : found;
}

/** Reads a typed fault, with the text that stood beside it. */
export function faultOf(node: WireNode | undefined, message: string): VsphereFault {
  return {
    type: typeOf(node),
    message: message.replace(/\s+/g, " ").trim(),
    privilegeId: textAt(node, "privilegeId"),
    existingState: textAt(node, "existingState"),
    property: textAt(node, "invalidProperty") || textAt(node, "name"),
  };
}

/** Reads a `LocalizedMethodFault`, as tasks and unread properties carry it. */
export function localizedFault(node: WireNode | undefined): VsphereFault {
  return faultOf(child(node, "fault"), textOf(child(node, "localizedMessage")));
}
