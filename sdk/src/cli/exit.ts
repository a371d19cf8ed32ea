/** What a script learns from `$?`. */
export const EXIT = {
  ok: 0,
  /** The server refused or failed. */
  problem: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The Change waits for approval. */
  awaiting: 3,
  /** The Change ended otherwise than wanted: failed, rejected, expired, rolled back … */
  unsuccessful: 4,
  /** No answer from the server. */
  unreachable: 5,
} as const;

/** The command line is wrong; told with the way to the help. */
export class UsageError extends Error {}

/** The server cannot be reached, or what answers is not Switchyard. */
export class Unreachable extends Error {}

/** A refusal or failure in the server's own words. */
export class ApiProblem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody) {
    super(body.detail ?? body.title);
    this.body = body;
  }
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  decisionId?: string;
  retryAfterSeconds?: number;
  errors?: { pointer: string; message: string }[];
  [member: string]: unknown;
}

export const slugOf = ({ type }: ProblemBody): string => type.split('/').at(-1) ?? type;
