import { z } from 'zod';
import type { Json } from '../../graph.ts';
import { Agreements } from '../../people.ts';
import { Span, secondsOf } from '../../triggers/config.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type Result, type Woken } from '../declare.ts';

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
}); // prettier-ignore
type Config = z.output<typeof Config>;

/** The Operation behind the request; its Change is what people find in their inbox. */
const ASK = 'workflows.ask';

const groups = ({ approvers: { roles, teams, users } }: Config) => [
  ...roles.map((role) => ({ role })),
  ...teams.map((team) => ({ team })),
  ...(users.length > 0 ? [{ users }] : []),
];

async function ask(run: NodeRun, config: Config): Promise<Result> {
  const { workflowId, executionId, nodeId, path } = run;
  const { title, body, attachments, minApprovals, expires, escalate } = config;
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
  });
  if (asked.status === 'refused') throw new NodeError(asked.problem.slug, 'policy', asked.problem.detail);
  if (asked.status !== 'accepted') throw new NodeError('internal', 'system', 'The request for approval was not kept.');
  run.tell('approval.requested', { nodeId, key: run.key, iteration: path, changeId: asked.changeId, number: asked.changeNumber });
  return { waits: [{ kind: 'change', changeId: asked.changeId }], paused: true, state: { changeId: asked.changeId } };
}

const PORTS: Readonly<Record<string, string>> = { succeeded: 'approved', approved: 'approved', rejected: 'rejected', expired: 'expired' };

async function wake(run: NodeRun, _config: Config, woken: Woken): Promise<Result> {
  if (woken.kind !== 'change') throw new NodeError('internal', 'system', `It was woken by ${woken.kind}, which it does not wait for.`);
  const { changeId, state } = woken;
  const agreement = await run.tx(({ db, tenantId, provider }) => provider(Agreements).of(db, tenantId, changeId));
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
  };
  return { to, output };
}

export const approval = defineNode({
  type: 'approval',
  version: 1,
  label: 'Approval',
  icon: 'user-check',
  category: 'operations',
  summary: 'Ask people to agree before it goes on',
  docs: `Asks people, and goes on at \`approved\`, \`rejected\` or \`expired\`. It is an approval of the platform like every other: people find it in their inbox, by mail and in Slack, may delegate it, are reminded, and it escalates when nobody decides. Whoever started the execution does not decide on it, nor does whoever answers for the account it runs as.

Output: \`{ decision, by, at, comment, decisions, changeId, input }\`. In a loop it asks once per item.`,
  config: Config,
  example: { title: 'Reboot {{ input.name }}', approvers: { roles: ['admin'] } },
  defaults: { title: 'May this go on?' },
  inputs: MAIN_IN,
  outputs: [{ name: 'approved', label: 'Approved' }, { name: 'rejected', label: 'Rejected' }, { name: 'expired', label: 'Expired' }], // prettier-ignore
  effect: 'wait',
  idempotent: true,
  run: ask,
  resume: wake,
  simulate: async (run, { title }) => ({
    to: 'approved',
    output: { decision: 'approved', by: [], at: null, comment: null, decisions: [], changeId: null, input: run.input },
    would: { approval: title },
  }),
});
