import type { Context } from '#kernel/context.ts';
import type { NewChange, OpenedChange, Steps } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import type { Target } from '#kernel/operation.ts';
import { hideSecrets, secretsIn } from '#kernel/sensitive.ts';
import { askForApproval } from './approvals/ask.ts';
import { recordEmergency } from './emergency/declare.ts';
import { Machinery } from './providers/port.ts';
import { deadlineOf, numberText, type ChangeState } from './rules.ts';
import { appendLog, nextNumber } from './store.ts';
import { changes, type TemplateRow } from './tables.ts';
import { templateFor } from './templates/match.ts';

/** `prod` if any target is, else the environment they share. */
function environmentOf(targets: readonly Target[]): string | null {
  const all = [...new Set(targets.map(({ environment }) => environment ?? null))];
  return all.includes('prod') ? 'prod' : all.length === 1 ? (all[0] ?? null) : null;
}

async function sealSecrets(ctx: Context, changeId: string, { operation, input }: NewChange): Promise<string | null> {
  const secrets = secretsIn(operation.input, input);
  if (Object.keys(secrets).length === 0) return null;
  const place = { tenantId: ctx.tenantId, table: 'changes', row: changeId, field: 'sealed_secrets' };
  return ctx.provider(Machinery).sealer.seal(ctx.db, place, JSON.stringify(secrets));
}

const stateFor = (change: NewChange, template: TemplateRow | undefined): ChangeState =>
  change.start === 'draft' ? 'planned' : template ? 'approved' : change.requirements.length > 0 ? 'awaiting_approval' : 'running';

interface Opening {
  id: string;
  at: Date;
  state: ChangeState;
  template: TemplateRow | undefined;
}

async function rowOf(ctx: Context, change: NewChange, { id, at, state, template }: Opening) {
  const { operation, plan, start } = change;
  return {
    tenantId: ctx.tenantId,
    id,
    number: await nextNumber(ctx.db, ctx.tenantId),
    operation: operation.name,
    summary: plan.summary,
    state,
    risk: change.risk,
    environment: environmentOf(change.targets),
    comment: ctx.comment ?? null,
    ticket: ctx.ticket ?? null,
    input: hideSecrets(operation.input, change.input) as Record<string, unknown>,
    sealedSecrets: start === 'inline' ? null : await sealSecrets(ctx, id, change),
    inputHash: change.inputHash,
    targets: [...change.targets],
    plan,
    planHash: change.planHash,
    requirements: [...change.requirements],
    requesterId: ctx.actor.id,
    requester: ctx.actor,
    surface: ctx.surface,
    via: ctx.via ?? null,
    requestId: ctx.requestId,
    decisionId: ctx.decisionId,
    canary: change.demands.canary ?? null,
    accepted: state === 'running',
    emergency: ctx.emergency,
    ...(template ? { templateId: template.id, autoApproved: true, approvedAt: at } : {}),
    deadlineAt: deadlineOf(state, at, operation.runs === 'job' ? operation.deadlineSeconds : undefined),
    submittedAt: start === 'draft' ? null : at,
    startedAt: start === 'inline' ? at : null,
  };
}

/** The Gate's step that stores a Change. */
export const openChange: Steps['changes']['open'] = async (ctx: Context, change: NewChange): Promise<OpenedChange> => {
  const { operation, start } = change;
  const template = await templateFor(ctx, change);
  const state = stateFor(change, template);
  const id = newId();
  const row = await rowOf(ctx, change, { id, at: ctx.now(), state, template });
  const number = numberText(row.number);
  const [stored] = await ctx.db.insert(changes).values(row).returning();
  if (ctx.emergency) await recordEmergency(ctx, stored!, change.skipped, ctx);
  // What is done within this very transaction is announced when it has succeeded.
  if (start === 'inline') return { id, number, state };
  await appendLog(ctx.db, ctx.tenantId, id, 'state', { state, from: null });
  const templated = template ? { templateId: template.id } : {};
  ctx.emit(`change.${state}`, { changeId: id, number, operation: operation.name, state, ...templated });
  if (state === 'awaiting_approval') await askForApproval(ctx, stored!);
  if (state === 'approved' || (state === 'running' && start === 'job'))
    await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: id });
  return { id, number, state };
};
