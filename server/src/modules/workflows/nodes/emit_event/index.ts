import { z } from 'zod';
import type { Json } from '../../graph.ts';
import { markOnce } from '../../triggers/marks.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type Result } from '../declare.ts';

const MOST_BYTES = 65_536;

const Config = z.object({
  type: z
    .string()
    .regex(/^custom\.[a-z][A-Za-z0-9_.-]{0,80}$/, 'Begins with custom.')
    .meta({ title: 'Event', help: 'Of your own: begins with custom.', examples: ['custom.order.paid'] }),
  subject: z.string().max(500).optional().meta({ title: 'Subject', help: 'What it is about', expression: 'tpl' }),
  data: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Data', help: 'What came in when left out', expression: 'expr', examples: ['input'] }),
  dedupeKey: z.string().max(500).optional().meta({ title: 'Key', help: 'The same key within 24 hours is announced once', expression: 'tpl' }),
});
type Config = z.output<typeof Config>;

function announcement(run: NodeRun, config: Config) {
  const data = config.data === undefined ? run.input : run.evaluate(config.data);
  if (Buffer.byteLength(JSON.stringify(data)) > MOST_BYTES)
    throw new NodeError('output-too-large', 'limit', 'The data of an event is at most 64 KiB. Name where the rest is.');
  const { executionId, workflowId, nodeId } = run;
  return { subject: config.subject ?? null, data, source: { executionId, workflowId, nodeId } };
}

function emit(run: NodeRun, config: Config): Result {
  const said = announcement(run, config);
  return {
    commit: async (ctx) => {
      const key = config.dedupeKey && { purpose: 'event' as const, key: `${config.type} ${config.dedupeKey}`, workflowId: run.workflowId, hours: 24 };
      const announced = !key || (await markOnce(ctx, key));
      if (announced) ctx.emit(config.type as `custom.${string}`, said);
      return { output: { type: config.type, subject: said.subject, data: said.data, announced } satisfies Json };
    },
  };
}

export const emitEvent = defineNode({
  type: 'emit_event',
  version: 1,
  label: 'Emit event',
  icon: 'radio',
  category: 'integration',
  summary: 'Announce an event of your own',
  docs: `Announces an event whose name begins with \`custom.\`: it starts workflows that listen to it and wakes nodes that wait for it. It is written together with the result of the node, so exactly once.

A chain of workflows that start each other by events is stopped at eight.`,
  config: Config,
  example: { type: 'custom.order.paid', data: 'input' },
  defaults: { type: 'custom.' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'effect',
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 5,
  run: emit,
  simulate: async (run, config) => {
    const said = announcement(run, config);
    return { output: { type: config.type, subject: said.subject, data: said.data, announced: true }, would: { emit: config.type } };
  },
});
