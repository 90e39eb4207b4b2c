import type { Finding } from "./recovery/findings.ts";
import type { JobError } from "./recovery/model.ts";

/** What kind of trouble an error tells of. */
export type ErrorCode =
  | "InvalidConfiguration"
  | "InvalidInput"
  | "Blocked"
  | "Site"
  | "PartialFailure"
  | "DeadlineExceeded"
  | "Cancelled";

/** Options of every error: the `cause` behind it and a `hint`: what to do next. */
export interface ErrorDetails {
  readonly cause?: unknown;
  readonly hint?: string;
}

/** The base of all errors that this package throws; its message says what happened, where, and what to do next. */
export class DisasterRecoveryError extends Error {
  static {
    DisasterRecoveryError.prototype.name = "DisasterRecoveryError";
  }
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const text = details.hint === undefined ? message : `${message} ${details.hint}`;
    super(text, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** A setting of the provider is missing or wrong. */
export class InvalidConfigurationError extends DisasterRecoveryError {
  static {
    InvalidConfigurationError.prototype.name = "InvalidConfigurationError";
  }
  /** The setting's key, such as `asr:subscriptionId`. */
  readonly setting: string;

  constructor(setting: string, message: string, details: ErrorDetails = {}) {
    super("InvalidConfiguration", message, details);
    this.setting = setting;
  }
}

/** An input of a resource is malformed. */
export class InvalidInputError extends DisasterRecoveryError {
  static {
    InvalidInputError.prototype.name = "InvalidInputError";
  }
  /** Property path, such as `groups[1].items[0]`. */
  readonly path: string;

  constructor(path: string, message: string, details: ErrorDetails = {}) {
    super("InvalidInput", message, details);
    this.path = path;
  }
}

/** An action may not begin: its findings say why, per machine. */
export class BlockedError extends DisasterRecoveryError {
  static {
    BlockedError.prototype.name = "BlockedError";
  }
  readonly findings: readonly Finding[];

  constructor(message: string, findings: readonly Finding[], details: ErrorDetails = {}) {
    super("Blocked", message, details);
    this.findings = findings;
  }
}

/** Facts of a failed request to a site. */
export interface SiteErrorDetails extends ErrorDetails {
  readonly site: string;
  readonly operation: string;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** The service's own error code. */
  readonly serviceCode?: string;
  /** True when the same request may succeed later. */
  readonly retryable?: boolean;
  /** True when the request may have taken effect although no answer came. */
  readonly effectUnknown?: boolean;
  readonly jobErrors?: readonly JobError[];
}

/** A site refused or failed a request, or a job of it failed. */
export class SiteError extends DisasterRecoveryError {
  static {
    SiteError.prototype.name = "SiteError";
  }
  readonly site: string;
  readonly operation: string;
  readonly status: number | undefined;
  readonly serviceCode: string | undefined;
  readonly retryable: boolean;
  readonly effectUnknown: boolean;
  readonly jobErrors: readonly JobError[];

  constructor(message: string, details: SiteErrorDetails) {
    super("Site", message, details);
    this.site = details.site;
    this.operation = details.operation;
    this.status = details.status;
    this.serviceCode = details.serviceCode;
    this.retryable = details.retryable ?? false;
    this.effectUnknown = details.effectUnknown ?? false;
    this.jobErrors = details.jobErrors ?? [];
  }
}

/**
 * Something began and did not end: hosts keep the resource with this id and state,
 * so that the next run continues instead of beginning again.
 */
export class PartialFailureError extends DisasterRecoveryError {
  static {
    PartialFailureError.prototype.name = "PartialFailureError";
  }
  readonly id: string;
  readonly state: object;
  readonly reasons: readonly string[];

  constructor(id: string, state: object, reasons: readonly string[], details: ErrorDetails = {}) {
    super("PartialFailure", reasons.join("\n"), details);
    this.id = id;
    this.state = state;
    this.reasons = reasons;
  }
}

/** A wait ran into its deadline; what it waited for may still come. */
export class DeadlineError extends DisasterRecoveryError {
  static {
    DeadlineError.prototype.name = "DeadlineError";
  }
  constructor(message: string, details: ErrorDetails = {}) {
    super("DeadlineExceeded", message, details);
  }
}

/** The run was cancelled by its user, or its engine is gone. */
export class CancelledError extends DisasterRecoveryError {
  static {
    CancelledError.prototype.name = "CancelledError";
  }
  constructor(message: string, details: ErrorDetails = {}) {
    super("Cancelled", message, details);
  }
}

/** True for an error of this package, also when it was thrown by another copy of it. */
export function isDisasterRecoveryError(value: unknown): value is DisasterRecoveryError {
  return value instanceof Error && "code" in value && "hint" in value;
}
