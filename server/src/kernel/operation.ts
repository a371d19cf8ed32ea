import type { z } from 'zod';
import type { Afterwards, Context, ReadContext } from './context.ts';
import type { Plan } from './plan.ts';
import type { Work } from './work.ts';

/** How much harm a call can do: `read` changes nothing, `write` changes one tenant's state, `high` may cost an outage, data or money. */
export type Risk = 'read' | 'write' | 'high';

/** What a call acts on. Scopes and policies are decided on these facts, so they come from the database, never from the caller. */
export interface Target {
  type: string;
  id: string;
  name?: string | undefined;
  environment?: string | null | undefined;
  labels?: Record<string, string> | undefined;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export interface Route {
  method: Method;
  /** Below `/api/v1`, with `{name}` for parameters that are fields of the input. */
  path: string;
  /** Fields of the input that the path itself says, in an alias such as `/approvals/pending`. */
  fixed?: Readonly<Record<string, unknown>>;
}

interface Declaration<I extends z.ZodObject, O extends z.ZodType> {
  /** `resource.verb`; also the MCP tool (`resource_verb`), the command (`resource verb`), the node and the form. */
  name: `${string}.${string}`;
  /** One line in the imperative, shown on every surface. */
  summary: string;
  /** More than the summary says, in Markdown, for the reference page and for agents. */
  description?: string;
  permission: `${string}:${string}`;
  risk: Risk;
  input: I;
  output: O;
  /** Default by convention from the name (see registry.ts). */
  route?: Route;
  /** Further paths of the same act over REST, as older documents name it; left out of the reference. */
  aliases?: readonly Route[];
  /**
   * `none`: concerns the tenant as a whole or the caller alone. `filter`: a list that shows only what `ctx.scope` covers.
   * Otherwise the resolver reads what will be touched; it throws a `…-not-found` problem for what the tenant does not have.
   */
  targets: 'none' | 'filter' | ((ctx: ReadContext, input: z.output<I>) => Promise<Target[]> | Target[]);
  /** What would happen. Required for `write` and `high` unless `change` is `none`; must not change anything. */
  plan?: (ctx: ReadContext, input: z.output<I>) => Promise<Plan> | Plan;
  /**
   * `none` for acts that leave no Change of their own: deciding on a Change, or the caller's own session and keys.
   * They are audited like all others. A conformance test lists them by name.
   */
  change?: 'none';
  /**
   * Of an act that leaves no Change: `run` looks at `ctx.dryRun` and then has no effect. All others refuse a dry run (`no-dry-run`),
   * for they have no plan to answer with.
   */
  handlesDryRun?: true;
  /** Who may call: anyone (sign-in), any signed-in person on own data, or holders of the permission (default). */
  access?: 'public' | 'self';
  /** The output is a file: surfaces send `content` (`encoding: 'base64'` when it is not text) with `mediaType`, as a download or for pages to show. */
  download?: true | 'inline';
  /**
   * `start`: the output carries `token` and `expiresAt`; REST moves the token into the session cookie unless the input says
   * `tokenType: 'bearer'`. `end`: REST clears that cookie, unless the output says `ended: false`.
   */
  session?: 'start' | 'end';
  /**
   * A session must have been proven within so many seconds, or `step-up-required` is answered (platform.md 4.8). It is asked of
   * people in a session only: what a key may do is bounded by its cap.
   */
  stepUp?: number;
  /** Field of the input that names the tenant by id; it decides in which tenant the call runs, as the header does. */
  tenantField?: string;
  /**
   * REST answers 202 with the output: what was asked for happens afterwards, by mail, and the answer is the same whether it does or not.
   * For acts that leave no Change; those that do answer 202 with it when it is not done yet.
   */
  accepted?: true | ((output: z.output<O>) => boolean);
  /** REST answers 201: something new is there, as after every `create`. */
  makes?: true;
  /** REST says in `Location` where what was begun can be read: a path below `/api/v1`. */
  location?: (output: z.output<O>) => string | undefined;
  /** A list that REST answers as `application/x-ndjson` to those who accept that: one item per line, and `X-Next-Cursor`. */
  lines?: true;
  /** REST answers 302 to the output's `location`, and a browser that is refused lands on the page for failed sign-ins. */
  redirect?: true;
  /** REST takes `application/x-www-form-urlencoded` too; with `cross` also when a page of another site posts it (OpenID form_post). */
  form?: 'own' | 'cross';
  /**
   * REST hands on the body as it came and these headers, each in a field of the input: for those who sign the bytes they send. A field
   * that is not of the path, the body or a header is refused.
   */
  raw?: { body: string; headers: Readonly<Record<string, string>> };
  /** Called by other servers, which speak for many people at once and prove it by a signature: the limit by address is wider. */
  fromServers?: true;
  /** REST takes the file of a multipart form or a bare body and hands it on in this field, in base64. */
  upload?: string;
  /** Largest request body in bytes; default 1 MiB. */
  bodyLimit?: number;
  /** Not offered on these surfaces (interactive sign-in makes no sense as a tool). */
  hiddenFrom?: readonly Surface[];
  /** Keep the audit entry of a read for as long as that of a write. */
  sensitive?: true;
}

/** Runs inside the Gate's one transaction: effect, audit and events commit together or not at all. */
export interface InlineOperation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> extends Declaration<I, O> {
  runs?: 'inline';
  run: (ctx: Context, input: z.output<I>) => Promise<z.input<O>>;
  /**
   * Once all of it is committed, also when it was so by an earlier call with the same key: waits for what was begun, for a bounded time,
   * and answers what the caller is told. Nothing is undone when it throws.
   */
  finish?: (after: Afterwards, input: z.output<I>, output: z.output<O>) => Promise<z.input<O>>;
  /** What `finish` answers is kept with the key of the call: one that is made again is answered with it, and nothing is paid for twice. */
  finishesOnce?: true;
}

/** Touches an outside system: carried out by a durable job, outside any transaction, in resumable steps. */
export interface JobOperation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> extends Declaration<I, O> {
  runs: 'job';
  /** In the transaction that starts the job: reserve quota, set the transitional state. Throws to refuse. */
  accept?: (ctx: Context, input: z.output<I>) => Promise<void>;
  /** Effects in `work.step`s; after a crash it is called again and completed steps return their recorded result. */
  execute: (work: Work, input: z.output<I>) => Promise<z.input<O>>;
  /** Compare what is with what was wanted; throw to have the Change rolled back or failed. */
  verify?: (work: Work, input: z.output<I>, output: z.output<O>) => Promise<void>;
  /** Undo what the completed steps did, after a failure (state `rolling_back`). Without it a failed job ends `failed`. */
  rollback?: (work: Work, input: z.output<I>) => Promise<void>;
  /** Takes its targets one by one through `work.each`, so that rules can have a few go first; set by `inStages` (kernel/staged.ts). */
  staged?: true;
  /** Seconds until a job is given up; default 900. */
  deadlineSeconds?: number;
}

export type Operation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> = InlineOperation<I, O> | JobOperation<I, O>;
// oxlint-disable-next-line typescript/no-explicit-any -- the registry holds operations of every input and output; handlers are contravariant in theirs
export type AnyOperation = InlineOperation<any, any> | JobOperation<any, any>;

export function defineOperation<I extends z.ZodObject, O extends z.ZodType>(operation: JobOperation<I, O>): JobOperation<I, O>;
export function defineOperation<I extends z.ZodObject, O extends z.ZodType>(operation: InlineOperation<I, O>): InlineOperation<I, O>;
export function defineOperation(operation: AnyOperation): AnyOperation {
  return operation;
}

export type Surface = 'rest' | 'mcp' | 'cli' | 'web' | 'workflow' | 'job' | 'internal';

/** Is something new there when it is done? */
export const isMaking = ({ name, makes }: Pick<AnyOperation, 'name' | 'makes'>): boolean => makes === true || name.endsWith('.create');

/** What accompanies an input on every surface; never part of an operation's own schema. */
export interface Envelope {
  /** Answer with the plan and do nothing. Refused where there is no plan; a read is read all the same, since it does nothing. */
  dryRun?: boolean | undefined;
  /** Why; shown to approvers and kept in the audit trail. */
  comment?: string | undefined;
  ticket?: string | undefined;
  /** Keep the Change as a draft until it is submitted. */
  draft?: boolean | undefined;
  /** Skips approvals and time windows, for people who may, with a reason and a ticket; somebody independent reviews it afterwards. */
  emergency?: boolean | undefined;
  /** Same key and input within 24 h: the first result again. */
  idempotencyKey?: string | undefined;
  /** Version the caller has seen, from `ETag`. */
  ifMatch?: string | undefined;
}
export const ENVELOPE_FIELDS = ['dryRun', 'comment', 'ticket', 'draft', 'emergency', 'idempotencyKey', 'ifMatch', 'wait'] as const;
