import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Network, Address } from '#kernel/cel/scalars.ts';
import { toText } from '#kernel/cel/values.ts';
import { Json } from '../../graph.ts';
import { misfits, schemaFault } from '../../validation/fit.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { expr, tpl } from '../fields.ts';
import { isFields } from '../values.ts';
import { countWithin } from '../../triggers/marks.ts';
import { decrypted, encrypted } from './encryption.ts';
import { allowed, POLICY_OPERATIONS, ruled, type Judgement } from './policy.ts';
import { redact, scanPrompt, scanSecrets, textsOf } from './scans.ts';
import { judge, signed } from './signatures.ts';

const ACTIONS = [
  'validate',
  'redact',
  'authorize',
  'policy',
  'verify_signature',
  'sign',
  'hash',
  'encrypt',
  'decrypt',
  'scan_prompt',
  'scan_secrets',
  'rate_limit',
  'ip_reputation',
] as const;
type Action = (typeof ACTIONS)[number];
const when = (...values: Action[]) => ({ showWhen: { field: 'action', values } });

const Config = z.object({
  action: z.enum(ACTIONS).default('validate').meta({ title: 'Does' }),
  value: expr({ title: 'What', help: 'What came in when left out', examples: ['input.body'] }).default('input'),
  schema: z.record(z.string(), Json).optional().meta({ title: 'Must fit', help: 'JSON Schema', widget: 'json', expression: 'none', ...when('validate') }),
  maxBytes: z.int().min(1).max(26_214_400).optional().meta({ title: 'Most bytes as JSON', ...when('validate') }),
  contentTypes: z.array(z.string().max(100)).max(20).optional().meta({ title: 'Content types', help: 'Of a file, or as trigger.headers says', examples: [['application/json']], expression: 'none', ...when('validate') }),
  redactSecrets: z.boolean().default(true).meta({ title: 'Credentials', ...when('redact') }),
  redactPersonal: z.boolean().default(true).meta({ title: 'Personal data', help: 'Mail addresses, phone, card and account numbers', ...when('redact') }),
  patterns: z.array(z.string().min(1).max(500)).max(50).default([]).meta({ title: 'Patterns', help: 'RE2', expression: 'none', ...when('redact') }),
  replacement: z.string().max(50).default('•••').meta({ title: 'Replaced by', expression: 'none', ...when('redact') }),
  operation: z.string().max(100).optional().meta({ title: 'Operation', widget: 'operation', expression: 'none', examples: ['servers.reboot'], ...when('authorize', 'policy') }),
  operationInput: z.record(z.string(), Json).default({}).meta({ title: 'Input', widget: 'operation-input', expression: 'tpl', ...when('authorize', 'policy') }),
  policies: z.array(z.string().min(1).max(200)).max(50).default([]).meta({ title: 'Only these', help: 'set/policy, or a set for all of it; every rule in force when left empty', expression: 'none', examples: [['production/no-friday-deploys']], ...when('policy') }),
  person: tpl({ title: 'For whom', help: 'Id of a member; whoever the execution runs as when left out' }, 200).optional().meta(when('policy')),
  kind: z.enum(['hmac', 'jwt', 'ed25519']).default('hmac').meta({ title: 'Kind of signature', ...when('verify_signature', 'sign') }),
  key: z.string().max(20_000).optional().meta({ title: 'Key', help: 'Shared, or a PEM; to encrypt, at least 32 random characters', expression: 'secret', widget: 'secret', ...when('verify_signature', 'sign', 'encrypt', 'decrypt') }),
  context: tpl({ title: 'Belongs to', help: 'Bound to the value: it is decrypted with the same text alone', examples: ['customer {{ input.id }}'] }, 500).default('').meta(when('encrypt', 'decrypt')),
  signature: tpl({ title: 'Signature', help: 'Or the token', examples: ['{{ trigger.headers["x-signature"] }}'] }, 20_000).optional().meta(when('verify_signature')),
  algorithm: z.enum(['sha256', 'sha384', 'sha512']).default('sha256').meta({ title: 'Digest', ...when('verify_signature', 'sign', 'hash') }),
  encoding: z.enum(['hex', 'base64', 'base64url']).default('hex').meta({ title: 'Encoding', ...when('verify_signature', 'sign', 'hash') }),
  issuer: z.string().max(500).optional().meta({ title: 'Issuer', expression: 'none', ...when('verify_signature') }),
  audience: z.string().max(500).optional().meta({ title: 'Audience', expression: 'none', ...when('verify_signature') }),
  bucket: tpl({ title: 'Counted by', help: 'Each has a limit of its own within this workflow', examples: ['{{ trigger.headers["x-customer"] }}'] }, 500).optional().meta(when('rate_limit')),
  limit: z.int().min(1).max(1_000_000).default(10).meta({ title: 'Pass at most', ...when('rate_limit') }),
  windowSeconds: z.int().min(1).max(2_592_000).default(60).meta({ title: 'Within so many seconds', ...when('rate_limit') }),
  threshold: z.number().min(0).max(1).default(0.5).meta({ title: 'Score that fails', ...when('scan_prompt') }),
  allow: z.array(z.string().max(50)).max(10_000).optional().meta({ title: 'Networks that pass', expression: 'none', ...when('ip_reputation') }),
  deny: z.array(z.string().max(50)).max(10_000).optional().meta({ title: 'Networks that fail', expression: 'none', ...when('ip_reputation') }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const pass = (run: NodeRun, more: Record<string, Json> = {}): Result => ({ to: 'pass', output: { value: run.input, ...more } });
const fail = (run: NodeRun, reasons: readonly string[], more: Record<string, Json> = {}): Result => ({
  to: 'fail',
  output: { value: run.input, reasons: [...reasons], ...more },
});
const decided = (run: NodeRun, reasons: readonly string[], more: Record<string, Json> = {}): Result => (reasons.length === 0 ? pass(run, more) : fail(run, reasons, more)); // prettier-ignore

/** What somebody else judged. */
const judged = (run: NodeRun, { reasons, told }: Judgement): Result => decided(run, reasons, told);

function needed<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new NodeError('config-invalid', 'config', `${field} is missing`);
  return value;
}

const typeOf = (run: NodeRun, value: Json): string => {
  const header = isFields(value) && typeof value['mime'] === 'string' ? value['mime'] : run.evaluate('coalesce(trigger.headers["content-type"], "")');
  return String(header).split(';')[0]!.trim().toLowerCase();
};

function validate(run: NodeRun, value: Json, { schema, maxBytes, contentTypes }: Config): Result {
  const bytes = maxBytes === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
  const type = contentTypes === undefined ? '' : typeOf(run, value);
  return decided(run, [
    ...(maxBytes !== undefined && bytes > maxBytes ? [`it takes ${bytes} bytes, and ${maxBytes} is the most`] : []),
    ...(contentTypes !== undefined && !contentTypes.includes(type) ? [`its type is ${type || 'not said'}`] : []),
    ...(schema === undefined ? [] : misfits(schema, value).map(({ pointer, message }) => `${pointer || 'it'} ${message}`)),
  ]);
}

function reputation(run: NodeRun, value: Json, { allow, deny }: Config): Result {
  const address = (() => {
    try {
      return new Address(String(value));
    } catch (error) {
      throw new NodeError('type-error', 'expression', (error as Error).message);
    }
  })();
  const listed = (list: readonly string[] = []): string | undefined => list.find((one) => new Network(one.includes('/') ? one : `${one}/${one.includes(':') ? 128 : 32}`).contains(address)); // prettier-ignore
  const bad = listed(deny);
  const unknown = allow !== undefined && listed(allow) === undefined;
  return decided(run, [...(bad === undefined ? [] : [`it lies in ${bad}`]), ...(unknown ? ['it lies in none of the networks that pass'] : [])], { address: address.toString() }); // prettier-ignore
}

function opened(run: NodeRun, value: Json, { key, context }: Config): Result {
  const found = decrypted(needed(key, 'key'), typeof value === 'string' ? value : '', context);
  return found ? { to: 'pass', output: { value: found.value } } : fail(run, ['it was not made with this key and context, or was altered since']);
}

/** Counted with the checkpoint, so that whoever passes is counted once. */
function limited(run: NodeRun, { bucket, limit, windowSeconds }: Config): Result {
  const key = needed(bucket, 'bucket');
  return {
    commit: async (ctx) => {
      const { count, until } = await countWithin(ctx, { workflowId: run.workflowId, key: `${windowSeconds} ${key}`, limit, seconds: windowSeconds });
      const told = { value: run.input, remaining: Math.max(0, limit - count), resetsAt: until.toISOString() };
      return count <= limit ? { to: 'pass', output: told } : { to: 'fail', output: { ...told, reasons: [`more than ${limit} within ${windowSeconds} seconds`] } };
    },
  };
} // prettier-ignore

function prompt(run: NodeRun, value: Json, { threshold }: Config): Result {
  const scans = [...textsOf(value)].map(({ text }) => scanPrompt(text));
  const score = scans.reduce((most, one) => Math.max(most, one.score), 0);
  const found = [...new Set(scans.flatMap((one) => one.found.map(({ what }) => what)))];
  return decided(run, score >= threshold ? found : [], { score, found });
}

const ACTS: Record<Action, (run: NodeRun, value: Json, config: Config) => Result | Promise<Result>> = {
  validate,
  redact(run, value, { redactSecrets, redactPersonal, patterns, replacement }) {
    const { value: clean, count } = redact(value, { secrets: redactSecrets, personal: redactPersonal, patterns, replacement });
    return { to: 'pass', output: { value: clean, count } };
  },
  authorize: async (run, _value, config) => judged(run, await allowed(run, { ...config, operation: needed(config.operation, 'operation') })),
  policy: async (run, _value, config) => judged(run, await ruled(run, { ...config, operation: needed(config.operation, 'operation') })),
  async verify_signature(run, value, { signature, key, ...config }) {
    const verdict = await judge({ ...config, key: needed(key, 'key') }, toText(value), needed(signature, 'signature'), config, run.now);
    return verdict.fine ? pass(run, verdict.claims ? { claims: verdict.claims as Json } : {}) : fail(run, [verdict.reason]);
  },
  async sign(run, value, { key, ...config }) {
    const claims = config.kind === 'jwt' && !isFields(value) ? { value } : value;
    return pass(run, { signature: await signed({ ...config, key: needed(key, 'key') }, toText(value), claims as Record<string, unknown>, run.now) });
  },
  hash: (run, value, { algorithm, encoding }) => pass(run, { hash: createHash(algorithm).update(toText(value)).digest(encoding) }),
  encrypt: (run, value, { key, context }) => pass(run, { encrypted: encrypted(needed(key, 'key'), value, context) }),
  decrypt: opened,
  rate_limit: (run, _value, config) => limited(run, config),
  scan_prompt: prompt,
  scan_secrets(run, value) {
    const found = scanSecrets(value);
    return decided(run, found.map(({ pointer, kind }) => `${pointer || 'it'} looks like ${kind}`), { found: found.map((one) => ({ ...one })) }); // prettier-ignore
  },
  ip_reputation: reputation,
};

const NEEDS: Partial<Record<Action, readonly string[]>> = {
  authorize: ['operation'],
  policy: ['operation'],
  verify_signature: ['key', 'signature'],
  sign: ['key'],
  encrypt: ['key'],
  decrypt: ['key'],
  rate_limit: ['bucket'],
};

function check(config: RawConfig): OwnFinding[] {
  const { action = 'validate', schema, allow, deny } = config;
  const say = (field: string, message: string): OwnFinding => ({ rule: 'V03', severity: 'error', pointer: `/${field}`, message });
  const missing = (NEEDS[action as Action] ?? [])
    .filter((field) => config[field] === undefined)
    .map((field) => say(field, `${String(action)} needs ${field}`));
  const fault = schema === undefined ? undefined : schemaFault(schema);
  return [
    ...missing,
    ...(fault === undefined ? [] : [say('schema', fault)]),
    ...(action === 'ip_reputation' && allow === undefined && deny === undefined ? [say('deny', 'ip_reputation needs a list')] : []),
  ];
}

/** Checks, hides, signs, encrypts, counts. */
export const security = defineNode({
  type: 'security',
  version: 1,
  label: 'Security',
  icon: 'shield-check',
  category: 'operations',
  summary: 'Check, hide, sign, encrypt, count or scan a value',
  docs: `Looks at a value and goes on at \`pass\` or, with \`reasons\`, at \`fail\`. Output: \`{ value, … }\`, where \`value\` is what came in.

| Action | Passes when | Besides |
| --- | --- | --- |
| validate | it fits \`schema\`, \`maxBytes\` and \`contentTypes\` | |
| redact | always | \`value\` without credentials, personal data and your patterns; \`count\` |
| authorize | the Gate would let the principal call the Operation; nothing is done | \`plan\`, \`requirements\`, or \`problem\` and \`rules\` |
| policy | the rules, or those that are named, do not forbid such a call, whoever makes it; this needs \`policies:test\` | \`effect\`, \`matched\`, \`requirements\` |
| verify_signature | the hmac, JWT or ed25519 signature fits | \`claims\` of a JWT |
| sign | always | \`signature\` |
| hash | always | \`hash\` |
| encrypt | always | \`encrypted\`, for \`decrypt\` with the same key and \`context\` |
| decrypt | it was encrypted so, and not altered | \`value\` is what was encrypted: mark the node as sensitive where nobody is to see it |
| scan_prompt | it scores less than \`threshold\` | \`score\` 0 to 1, \`found\` |
| scan_secrets | no credential stands in it | \`found\`: where, never what |
| rate_limit | it came at most \`limit\` times within the window that began with the first, counted by \`bucket\` in this workflow | \`remaining\`, \`resetsAt\` |
| ip_reputation | the address lies in no network of \`deny\`, and in one of \`allow\` when given | \`address\` |

What is signed or hashed is the value as text, objects as JSON. A key is a secret: \`secret://NAME\`. For \`scan_prompt\` a low score is no proof: it finds what is commonly tried.

\`\`\`json
{ "action": "validate", "value": "input.body", "schema": { "type": "object", "required": ["id"], "properties": { "id": { "type": "string" } }, "additionalProperties": false } }
\`\`\``,
  config: Config,
  example: { action: 'validate', value: 'input.body', schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } }, additionalProperties: false } }, // prettier-ignore
  defaults: { action: 'validate' },
  inputs: MAIN_IN,
  outputs: [{ name: 'pass', label: 'Pass' }, { name: 'fail', label: 'Fail' }, { name: 'error', label: 'Error' }], // prettier-ignore
  effect: ({ action }) =>
    action === 'authorize' || action === 'ip_reputation' || action === 'sign' || action === 'encrypt'
      ? 'read'
      : action === 'rate_limit'
        ? 'effect'
        : 'pure',
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 10,
  operations: ({ action }) => (action === 'policy' ? POLICY_OPERATIONS : []),
  check,
  run: (run, config) => ACTS[config.action](run, run.evaluate(config.value), config),
  // Of what it does, only counting is an effect.
  simulate: async (run, { bucket = '', limit }) => ({
    to: 'pass',
    output: { value: run.input, remaining: limit, resetsAt: null },
    would: { count: bucket },
  }),
});
