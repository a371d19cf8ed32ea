import { z } from 'zod';
import { Json } from '../../graph.ts';
import { misfits, schemaFault } from '../../validation/fit.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { expr } from '../fields.ts';
import { ScriptPool } from './pool.ts';

const MOST_CODE = 64 * 1_024;
/** Bytes of an output (workflows.md 12.2). */
const MOST_OUTPUT = 1_048_576;
const NAME = z.string().regex(/^[A-Za-z_$][\w$]{0,59}$/, 'A name as JavaScript has it');

const Config = z.object({
  language: z.enum(['javascript']).default('javascript').meta({ title: 'Language' }),
  code: z.string().min(1).max(MOST_CODE).meta({ title: 'Script', help: 'export default (inputs, ctx) => value', widget: 'code', expression: 'none' }),
  inputs: z.record(NAME, expr({ title: 'Value', examples: ['input.items'] })).default({ input: 'input' }).meta({ title: 'Inputs', help: 'What the script gets, by name', widget: 'keyValue' }),
  secrets: z.record(NAME, z.string().max(200).meta({ expression: 'secret', widget: 'secret' })).default({}).meta({ title: 'Secret inputs', help: 'Their values are masked everywhere', widget: 'keyValue' }),
  timeoutSeconds: z.int().min(1).max(30).default(5).meta({ title: 'Longest run, in seconds' }),
  memoryMiB: z.int().min(8).max(128).default(32).meta({ title: 'Memory in MiB' }),
  outputSchema: z.record(z.string(), Json).optional().meta({ title: 'Output must fit', help: 'JSON Schema', widget: 'json', expression: 'none' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const pool = new ScriptPool();

/** Ends the threads of scripts, for tests and when the process stops; the next script starts new ones. */
export const closeScripts = (): Promise<void> => pool.close();

const CLASSES = { 'code-threw': 'validation', 'code-timeout': 'timeout', 'code-memory': 'limit' } as const;

function outputOf(text: string, { outputSchema }: Config): Json {
  if (Buffer.byteLength(text) > MOST_OUTPUT) throw new NodeError('code-output-invalid', 'limit', `the output takes more than ${MOST_OUTPUT} bytes`);
  const output = JSON.parse(text) as Json;
  const wrong = outputSchema === undefined ? [] : misfits(outputSchema, output);
  if (wrong.length === 0) return output;
  throw new NodeError('code-output-invalid', 'validation', `the output does not fit: ${wrong[0]!.pointer || 'it'} ${wrong[0]!.message}`, { details: wrong.map((one) => ({ ...one })) }); // prettier-ignore
}

async function runCode(run: NodeRun, config: Config): Promise<Result> {
  const { code, inputs, secrets, timeoutSeconds, memoryMiB } = config;
  const values = Object.fromEntries(Object.entries(inputs).map(([name, source]) => [name, run.evaluate(source)]));
  const ended = await pool.run(
    run.tenantId,
    {
      code,
      inputs: JSON.stringify({ ...values, ...secrets }),
      timeoutMs: timeoutSeconds * 1_000,
      memoryMiB,
      seed: `${run.executionId} ${run.nodeId} ${run.path}`,
      now: run.now.getTime(),
    },
    run.signal,
  );
  for (const { level, text } of ended.lines) run.log(level, text);
  if ('output' in ended) return { output: outputOf(ended.output, config) };
  const { type, message, stack } = ended.fault;
  throw new NodeError(type, CLASSES[type], message, stack === undefined ? {} : { details: { stack } });
}

function check({ inputs, secrets, outputSchema }: RawConfig): OwnFinding[] {
  const fault = outputSchema === undefined ? undefined : schemaFault(outputSchema);
  const names = Object.keys((inputs ?? {}) as object);
  const twice = Object.keys((secrets ?? {}) as object).filter((name) => names.includes(name));
  return [
    ...(fault === undefined ? [] : [{ rule: 'V03', severity: 'error' as const, pointer: '/outputSchema', message: fault }]),
    ...twice.map((name) => ({
      rule: 'V03',
      severity: 'error' as const,
      pointer: `/secrets/${name}`,
      message: `There is an input "${name}" already`,
    })),
  ];
}

/** JavaScript in an engine of its own. */
export const code = defineNode({
  type: 'code',
  version: 1,
  label: 'Code',
  icon: 'braces',
  category: 'integration',
  summary: 'Compute something in JavaScript',
  docs: `Runs a script: an ES module that exports a function, which may be async. What it returns is the output; it must be JSON of at most 1 MiB, and with \`outputSchema\` fit it.

\`\`\`js
export default (inputs, ctx) => {
  ctx.log.info('looking at', inputs.input.length);
  return inputs.input.filter((one) => one.cpu > 0.9).map(({ id }) => id);
};
\`\`\`

There: ECMAScript 2023, \`console\` and \`ctx.log\` (the first 1000 lines are kept with the execution), \`ctx.now()\`, \`ctx.uuid()\`, \`ctx.random()\`, \`ctx.crypto.hash(text)\` and \`.hmac(text, key)\` (sha256 unless said otherwise), \`TextEncoder\`, \`TextDecoder\`, \`URL\`, \`URLSearchParams\`, \`atob\`, \`btoa\`, \`structuredClone\`. Not there: network, files, timers, packages, imports, \`eval\`. \`Date\` and \`Math.random\` hang on the execution alone, so a repeat gives the same.

Each run has an engine of its own (QuickJS in WebAssembly) that is thrown away behind it, in a thread where nobody else waits for it.

Errors: \`code-threw\` with the line, \`code-timeout\`, \`code-memory\`, \`code-output-invalid\`.`,
  config: Config,
  example: { code: 'export default ({ input }) => input.a + input.b;', inputs: { input: 'input' } },
  defaults: { code: 'export default (inputs, ctx) => {\n  return inputs.input;\n};\n', inputs: { input: 'input' } },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'pure',
  check,
  run: runCode,
});
