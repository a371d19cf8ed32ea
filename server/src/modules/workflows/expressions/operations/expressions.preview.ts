import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Json } from '../../graph.ts';
import { NodeError } from '../../nodes/declare.ts';
import { compileExpression, parseTemplate, type Scope } from '../index.ts';

const Node = z.object({ output: Json.optional(), status: z.string().default('completed'), error: Json.optional() });

/** Data to look at: of a past run or pinned, as whoever asks has it before them. */
const Sample = z.object({
  input: Json.default(null),
  trigger: Json.default({}),
  nodes: z.record(z.string(), Node).default({}),
  item: Json.optional(),
  index: z.int().optional(),
  loop: Json.optional(),
  vars: z.record(z.string(), z.string()).default({}),
  execution: Json.default({}),
  workflow: Json.default({}),
  error: Json.optional(),
  extra: z.record(z.string(), Json).optional().meta({ help: 'Further variables, such as the name that a loop gives its item' }),
});

const Fault = z.object({ type: z.string(), message: z.string(), start: z.int().nullable(), end: z.int().nullable() });

function faultOf(error: unknown): z.infer<typeof Fault> {
  if (!(error instanceof NodeError)) throw error;
  const { start = null, end = null } = (error.details ?? {}) as { start?: number; end?: number };
  return { type: error.type, message: error.message, start, end };
}

export const expressionsPreview = defineOperation({
  name: 'expressions.preview',
  summary: 'Show what an expression gives with some data',
  description: 'The expression sees the data that is sent along and nothing else; secrets are never resolved. What is wrong with it is an answer, not a problem.',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'POST', path: '/expressions/preview' },
  input: z.object({
    source: z.string().max(16_384).meta({ title: 'Expression', examples: ['input.n + 1'] }),
    mode: z.enum(['expr', 'tpl']).default('expr').meta({ title: 'Written as', help: 'A bare expression, or text with {{ }}' }),
    scope: Sample.prefault({}).meta({ title: 'Data' }),
  }),
  output: z.object({ ok: z.boolean(), value: Json, type: z.string().nullable(), error: Fault.nullable() }),
  targets: 'none',
  async run({ actor, tenantId, now }, { source, mode, scope }) {
    const { id, name, email, kind } = actor;
    const seen = { ...scope, tenant: { id: tenantId }, actor: { id, name, email, kind } } as unknown as Scope;
    try {
      const compiled = mode === 'expr' ? compileExpression(source) : parseTemplate(source);
      const [only] = 'expressions' in compiled && compiled.single ? compiled.expressions : [];
      const type = 'type' in compiled ? compiled.type : (only?.type ?? 'string');
      return { ok: true, value: compiled.evaluate(seen, { seed: newId(), now: now() }), type, error: null };
    } catch (error) {
      return { ok: false, value: null, type: null, error: faultOf(error) };
    }
  },
}); // prettier-ignore
