import { z } from 'zod';
import { agreedForm } from '../../approvals/forms.ts';
import { formFaults, standing } from '../../approvals/form.ts';
import { Json } from '../../graph.ts';
import { Agreements } from '../../people.ts';
import { Span, secondsOf } from '../../triggers/config.ts';
import { schemaFault } from '../../validation/fit.ts';
import {
  defineNode,
  MAIN_IN,
  NodeError,
  type CallOutcome,
  type NodeRun,
  type OwnFinding,
  type RawConfig,
  type Result,
  type Woken,
} from '../declare.ts';
import { isFields, type Fields } from '../values.ts';

const Approvers = z.object({
  roles: z.array(z.string().max(100)).max(10).default([]).meta({ title: 'Roles' }),
  teams: z.array(z.string().max(100)).max(10).default([]).meta({ title: 'Teams' }),
  users: z.array(z.string().max(200)).max(50).default([]).meta({ title: 'People', help: 'By address or id', expression: 'tpl' }),
}); // prettier-ignore

const Config = z.object({
  title: z.string().min(1).max(200).meta({ title: 'What is asked', expression: 'tpl' }),
  body: z.string().max(10_000).optional().meta({ title: 'Why', widget: 'textarea', expression: 'tpl' }),
  attachments: z.string().max(8_192).optional().meta({ title: 'What it is about', help: 'Shown with the request', expression: 'expr', examples: ['nodes.plan.output'] }),
  approvers: Approvers.prefault({}).meta({ title: 'Who decides', help: 'Whoever may decide on the workflow when left empty' }),
  minApprovals: z.int().min(1).max(20).default(1).meta({ title: 'How many' }),
  expires: Span.default({ value: 24, unit: 'hours' }).meta({ title: 'Expires after', help: 'One hour to seven days' }),
  escalate: z
    .object({ after: Span, toRole: z.string().max(100).meta({ title: 'Role' }) })
    .optional()
    .meta({ title: 'Turn to others', help: 'Who may decide as well when it takes too long' }),
  remind: z.array(Span).max(10).default([]).meta({ title: 'Remind after', help: 'Those who have not decided by then are told again, besides the reminder that every request has' }),
  channels: z.array(z.string().max(60)).max(10).default([]).meta({ title: 'Channels', help: 'Told of it and of each reminder: names of channels under Settings, Notifications', expression: 'none', examples: [['#changes']] }),
  form: z.record(z.string(), Json).optional().meta({ title: 'Form', help: 'JSON Schema of what whoever agrees may change; it is handed on', widget: 'jsonSchema', expression: 'none' }),
  values: z.string().max(8_192).optional().meta({ title: 'What stands in the form', help: 'Over the defaults of its fields; whoever agrees without a change agrees to this', expression: 'expr', examples: ['{"size": input.size}'] }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

/** The Operation behind the request; its Change is what people find in their inbox. */
const ASK = 'workflows.ask';
const REMIND = 'workflows.remind';

const groups = ({ approvers: { roles, teams, users } }: Config) => [
  ...roles.map((role) => ({ role })),
  ...teams.map((team) => ({ team })),
  ...(users.length > 0 ? [{ users }] : []),
];

/** What the node asks with, where it has a form: it must fit, since it may be agreed to as it stands. */
function valuesOf(run: NodeRun, { form, values }: Config): Fields | undefined {
  if (form === undefined) return undefined;
  const given = values === undefined ? {} : run.evaluate(values);
  if (!isFields(given)) throw new NodeError('type-error', 'expression', '`values` is an object.');
  const made = standing(form, given);
  const [fault] = formFaults(form, made);
  if (fault) throw new NodeError('type-error', 'expression', `What stands in the form does not fit it: ${fault.pointer || 'it'} ${fault.message}.`);
  return made;
}

/** Milliseconds from the beginning of the node to each reminder. */
const remindersOf = ({ remind }: Config): number[] => remind.map((span) => secondsOf(span) * 1_000).toSorted((a, b) => a - b);

/** Until people have decided; a reminder in between is a time that wakes it, and no worker is held. */
function untilDecided(run: NodeRun, config: Config, changeId: string, reminded: number): Result {
  const next = remindersOf(config)[reminded];
  const { form } = config;
  return {
    waits: [{ kind: 'change', changeId, ...(form === undefined ? {} : { form }) }, ...(next === undefined ? [] : [{ kind: 'timer' as const, at: new Date(run.now.getTime() + next) }])],
    paused: true,
    state: { changeId, reminded },
  };
} // prettier-ignore

/** Round 0 tells the channels that it has been asked. That it cannot be told is no reason to stop: the request stands in the inbox. */
async function tellOthers(run: NodeRun, { channels }: Config, changeId: string, round: number): Promise<void> {
  const { workflowId: id, executionId } = run;
  const told: CallOutcome = await run.call(REMIND, { id, executionId, changeId, round, channels }, { tag: `remind:${round}` });
  if (told.status === 'refused') return run.log('warn', `Nobody is reminded: ${told.problem.detail}`);
  const unknown = told.status === 'done' && isFields(told.output) ? told.output['unknown'] : [];
  if (Array.isArray(unknown) && unknown.length > 0) run.log('warn', `There is no channel ${unknown.map((name) => `"${String(name)}"`).join(', ')} that is switched on. Set it up under Settings, Notifications.`);
} // prettier-ignore

async function ask(run: NodeRun, config: Config): Promise<Result> {
  const { workflowId, executionId, nodeId, path } = run;
  const { title, body, attachments, minApprovals, expires, escalate, form, channels } = config;
  const values = valuesOf(run, config);
  const asked = await run.call(ASK, {
    id: workflowId,
    executionId,
    nodeId,
    path,
    title,
    ...(body === undefined ? {} : { body }),
    ...(attachments === undefined ? {} : { attachments: run.evaluate(attachments) }),
    groups: groups(config),
    minApprovals,
    expiresInSeconds: Math.round(secondsOf(expires)),
    ...(escalate ? { escalate: { afterSeconds: Math.round(secondsOf(escalate.after)), role: escalate.toRole } } : {}),
    ...(form && values ? { form, values } : {}),
  });
  if (asked.status === 'refused') throw new NodeError(asked.problem.slug, 'policy', asked.problem.detail);
  if (asked.status !== 'accepted') throw new NodeError('internal', 'system', 'The request for approval was not kept.');
  run.tell('approval.requested', { nodeId, key: run.key, iteration: path, changeId: asked.changeId, number: asked.changeNumber });
  if (channels.length > 0) await tellOthers(run, config, asked.changeId, 0);
  return untilDecided(run, config, asked.changeId, 0);
}

const PORTS: Readonly<Record<string, string>> = { succeeded: 'approved', approved: 'approved', rejected: 'rejected', expired: 'expired' };

/** Those that were slept through are one. */
async function tellAgain(run: NodeRun, config: Config, { changeId, reminded: before = 0 }: { changeId: string; reminded?: number }): Promise<Result> {
  const passed = remindersOf(config).filter((ms) => run.now.getTime() + ms <= Date.now()).length;
  const round = Math.max(passed, before + 1);
  await tellOthers(run, config, changeId, round);
  return untilDecided(run, config, changeId, round);
}

async function wake(run: NodeRun, config: Config, woken: Woken, kept: Json): Promise<Result> {
  if (woken.kind === 'timer') return tellAgain(run, config, kept as { changeId: string; reminded?: number });
  if (woken.kind !== 'change') throw new NodeError('internal', 'system', `It was woken by ${woken.kind}, which it does not wait for.`);
  const { changeId, state } = woken;
  const { agreement, form } = await run.tx(async (ctx) => ({
    agreement: await ctx.provider(Agreements).of(ctx.db, ctx.tenantId, changeId),
    form: config.form === undefined ? undefined : await agreedForm(ctx, run.executionId, changeId),
  }));
  const decisions = agreement?.decisions ?? [];
  const to = PORTS[state];
  run.tell('approval.decided', { nodeId: run.nodeId, key: run.key, iteration: run.path, changeId, decision: to ?? state });
  if (to === undefined)
    throw new NodeError('approval-withdrawn', 'cancelled', `The request for approval ended as ${state}.`, { details: woken.error });
  const last = decisions.at(-1);
  const output: Json = {
    decision: to,
    by: decisions.map(({ by }) => ({ ...by })),
    at: last?.at ?? null,
    comment: decisions.findLast(({ comment }) => comment !== null)?.comment ?? null,
    decisions: decisions.map(({ by, verdict, comment, at }) => ({ by: { ...by }, verdict, comment, at })),
    changeId,
    input: run.input,
    ...(form === undefined ? {} : { form }),
  };
  return { to, output };
}

const say = (pointer: string, message: string): OwnFinding => ({ rule: 'V03', severity: 'error', pointer, message });

function check({ form, values }: RawConfig): OwnFinding[] {
  if (form === undefined) return values === undefined ? [] : [say('/form', 'There is no form for what stands in it')];
  const fault = schemaFault(form);
  if (fault !== undefined) return [say('/form', fault)];
  // What an expression makes of it is known when it runs.
  if (values !== undefined) return [];
  return formFaults(form, standing(form)).map(({ pointer, message }) => say('/form', `Without values it cannot be agreed to as it stands: ${pointer || 'it'} ${message}. Give the field a default, or say what stands in it`)); // prettier-ignore
}

export const approval = defineNode({
  type: 'approval',
  version: 1,
  label: 'Approval',
  icon: 'user-check',
  category: 'operations',
  summary: 'Ask people to agree before it goes on',
  docs: `Asks people, and goes on at \`approved\`, \`rejected\` or \`expired\`. It is an approval of the platform like every other: people find it in their inbox, by mail and in Slack, may delegate it, are reminded, and it escalates when nobody decides. Whoever started the execution does not decide on it, nor does whoever answers for the account it runs as.

\`remind\` has those told again who have not decided by then, and \`channels\` names channels that hear of it and of each reminder.

With a \`form\` (JSON Schema) whoever agrees may change what stands in it, at the execution or by \`approvalForms.decide\`; \`form\` in the output is what was agreed to. Whoever agrees elsewhere, or where several have to, agrees to what stands there: the defaults of its fields and \`values\`, which have to fit.

Output: \`{ decision, by, at, comment, decisions, changeId, input, form? }\`. In a loop it asks once per item.`,
  config: Config,
  example: { title: 'Reboot {{ input.name }}', approvers: { roles: ['admin'] } },
  defaults: { title: 'May this go on?' },
  inputs: MAIN_IN,
  outputs: [{ name: 'approved', label: 'Approved' }, { name: 'rejected', label: 'Rejected' }, { name: 'expired', label: 'Expired' }], // prettier-ignore
  effect: 'wait',
  idempotent: true,
  check,
  run: ask,
  resume: wake,
  simulate: async (run, config) => {
    const form = valuesOf(run, config);
    return {
      to: 'approved',
      output: {
        decision: 'approved',
        by: [],
        at: null,
        comment: null,
        decisions: [],
        changeId: null,
        input: run.input,
        ...(form === undefined ? {} : { form }),
      },
      would: { approval: config.title },
    };
  },
});
