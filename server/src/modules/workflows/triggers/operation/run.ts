import { z } from 'zod';
import type { Afterwards, Context, ReadContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation, type InlineOperation, type Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { PUBLISHED, PUBLISHED_PATH } from '#kernel/published.ts';
import { begin, begun, ended, principalOf } from '../../executions/begin.ts';
import { Begun } from '../../executions/schemas.ts';
import { Json } from '../../graph.ts';
import { withParts } from '../../model/chain.ts';
import { loadGraph } from '../../model/load.ts';
import { targetOf } from '../../model/store.ts';
import { operationsIn } from '../../model/uses.ts';
import { Engine, type Start } from '../../providers/port.ts';
import { Surroundings } from '../../surroundings.ts';
import { misfits } from '../../validation/fit.ts';
import { requireFitting } from '../inputs.ts';
import { declaredRisk, findPublished, type Published } from './find.ts';
import { higherRisk, riskInside } from './risk.ts';

/** Seconds that a caller waits for the end; the execution goes on either way. */
const PATIENCE = 25;

export const Ran = Begun.omit({ callback: true });

const held = (ctx: ReadContext, slug: string): Promise<Published> => ctx.once(`published ${slug}`, () => findPublished(ctx, slug));

/** How much harm it can do as it and its parts are now. */
async function riskNow(ctx: ReadContext, published: Published): Promise<{ risk: Risk; operations: string[] }> {
  const { graph } = await loadGraph(ctx.db, ctx.tenantId, published.id, published.version);
  const nodes = (await withParts(ctx, graph)).flatMap((part) => part.nodes);
  const { operations } = ctx.provider(Surroundings);
  return { risk: riskInside(nodes, (name) => operations.get(name)?.risk), operations: operationsIn({ nodes, connections: [] }) };
}

/** The start that a call asks for. */
async function startOf(ctx: Pick<Context, 'actor' | 'tenantId' | 'provider' | 'db' | 'via'>, published: Published, inputs: Json): Promise<Start> {
  const { tenantId, actor } = ctx;
  const loaded = await loadGraph(ctx.db, tenantId, published.id, published.version);
  return {
    tenantId,
    workflowId: published.id,
    version: published.version,
    trigger: { kind: 'operation', nodeId: published.nodeId, triggerId: published.triggerId },
    payload: { kind: 'operation', body: inputs },
    principal: await principalOf(ctx, loaded),
    startedBy: { kind: actor.kind, id: actor.id, name: actor.name },
  };
}

async function planOf(ctx: ReadContext, published: Published, inputs: Json) {
  requireFitting(published.config['inputSchema'] ?? null, inputs);
  const [declared, { risk: inside, operations }] = [declaredRisk(published), await riskNow(ctx, published)];
  const risk = higherRisk(declared, inside);
  const { id, name, slug, version } = published;
  return {
    summary: `Run workflow ${name}`,
    ...(risk === 'read' ? {} : { risk }),
    changes: [{ action: 'create' as const, type: 'execution', name, fields: [{ path: 'version', after: version }] }],
    reversible: 'What its steps change can be undone by executions.rollback, as far as they can.',
    warnings: risk === declared ? [] : [`Its parts do more than it was published for: it counts as ${risk}.`],
    facts: { workflow: slug, version, operations },
    observed: { [`workflow ${id}`]: String(version) },
  };
}

/** A read changes nothing, also not by the row of an execution: that is stored when the Gate has let it pass. */
async function startLate({ actor, tenantId, provider, read }: Afterwards, slug: string, inputs: Json, id: string): Promise<void> {
  const start = await read(async (db) =>
    startOf({ actor, tenantId, provider, db, via: undefined }, await findPublished({ db, tenantId }, slug), inputs),
  );
  await provider(Engine).start({ ...start, id, awaited: true });
}

/** What the caller is told is what the schema says, or that it is not. */
async function fitting({ read, tenantId }: Afterwards, slug: string, told: Begun): Promise<Begun> {
  if (!told.done || told.outputs === undefined || told.outputs === null) return told;
  const schema = (await read((db) => findPublished({ db, tenantId }, slug)).catch(() => undefined))?.config['outputSchema'];
  const [misfit] = schema === undefined ? [] : misfits(schema, told.outputs as Json);
  if (!misfit) return told;
  const message = `What it answered does not fit the schema of its output: ${misfit.pointer || 'the output'} ${misfit.message}.`;
  return { ...told, outputs: null, error: { type: 'outputs-invalid', class: 'validation', message, retryable: false } };
}

/**
 * The Operation that runs the workflow which is published under this slug in whatever tenant it is called. It reads what it runs from
 * the caller's tenant each time, so it exists for nobody else.
 */
export const runOperation = (slug: string, risk: Risk): InlineOperation =>
  defineOperation({
    name: `${PUBLISHED}${slug}`,
    summary: 'Run a workflow',
    permission: 'workflows:execute',
    risk,
    route: { method: 'POST', path: PUBLISHED_PATH.replace('{slug}', slug) },
    // Within workflows a part is run by its own node, which waits without holding anybody up, and within the rights of the whole.
    hiddenFrom: ['workflow'],
    input: z.object({ inputs: Json.default({}).meta({ title: 'Inputs' }) }),
    output: Ran,
    targets: async (ctx) => [targetOf(await held(ctx, slug))],
    plan: async (ctx, { inputs }) => planOf(ctx, await held(ctx, slug), inputs),
    async run(ctx, { inputs }) {
      const published = await held(ctx, slug);
      requireFitting(published.config['inputSchema'] ?? null, inputs);
      if (risk !== 'read') {
        const start = await startOf(ctx, published, inputs);
        return begun(await begin(ctx, { ...start, ...(ctx.changeId === null ? {} : { dedupeKey: `change:${ctx.changeId}` }), awaited: true }), published.id);
      }
      if ((await riskNow(ctx, published)).risk !== 'read')
        throw new Problem('operation-outgrown', `"${published.name}" is published as one that only reads, and a part of it has come to do more. Publish it anew with its risk.`);
      return begun({ executionId: newId(), replayed: false, status: 'queued' }, published.id);
    },
    async finish(after, { inputs }, output) {
      if (risk === 'read') await startLate(after, slug, inputs, output.execution.id);
      return fitting(after, slug, await ended(after.provider(Engine), output, PATIENCE));
    },
  }); // prettier-ignore
