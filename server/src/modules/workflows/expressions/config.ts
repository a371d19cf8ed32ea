import { z } from 'zod';
import { toText } from '#kernel/cel/values.ts';
import { isReference, referenceName } from '#kernel/secret-references.ts';
import type { Json } from '../graph.ts';
import { NodeError, type AnyNodeType, type RawConfig } from '../nodes/declare.ts';
import { compileExpression, parseTemplate } from './compile.ts';
import { escaped, leavesOf, type Leaf } from './marks.ts';
import { NO_REFERENCES, together } from './references.ts';
import type { CompiledConfig, Moment, References, Resolved, Scope } from './scope.ts';

/** What is shown in place of a secret. */
const HIDDEN = '••••••';

type Secrets = Readonly<Record<string, string>>;

/** A text of the configuration that hangs on more than itself. */
interface Live {
  pointer: string;
  references: References;
  /** Absent for bare expressions: their text stays, and the node evaluates it. */
  value?: (scope: Scope, moment: Moment, secrets: Secrets) => Json;
}

/** The value of a secret that was resolved for this run. */
function secretOf(secrets: Secrets, name: string): string {
  if (!Object.hasOwn(secrets, name)) throw new NodeError('secret-missing', 'config', `secret "${name}" is not there, or may not be used here`);
  return secrets[name]!;
}

/** Text where only text fits: a number in a subject line is written out. */
const wantsText = ({ schemas }: Leaf): boolean => schemas.length > 0 && schemas.every(({ type }) => type === 'string');

function secretLeaf(leaf: Leaf): Live | undefined {
  const { text, pointer } = leaf;
  if (isReference(text)) {
    const name = referenceName(text);
    return { pointer, references: { ...NO_REFERENCES, secrets: [name] }, value: (_scope, _moment, secrets) => secretOf(secrets, name) };
  }
  const template = parseTemplate(text);
  if (template.literal) return unescaped(leaf);
  const { references } = template;
  return {
    pointer,
    references,
    value(scope, moment, secrets) {
      for (const name of references.secrets) secretOf(secrets, name);
      const value = template.evaluate(scope, moment, { secrets });
      return wantsText(leaf) ? toText(value) : value;
    },
  };
}

/** A text without an expression; one with `\{{` loses its backslash. */
const unescaped = ({ text, pointer }: Leaf): Live | undefined =>
  text.includes('{{') ? { pointer, references: NO_REFERENCES, value: () => text.replaceAll('\\{{', '{{') } : undefined;

function liveOf(leaf: Leaf): Live | undefined {
  const { text, mark, pointer } = leaf;
  if (mark === 'none') return undefined;
  if (mark === 'secret') return secretLeaf(leaf);
  if (mark === 'expr') {
    if (text === '') return undefined;
    const { references } = allowed(compileExpression(text), pointer);
    return { pointer, references };
  }
  const template = allowed(parseTemplate(text), pointer);
  if (template.literal) return unescaped(leaf);
  return {
    pointer,
    references: template.references,
    value(scope, moment) {
      const value = template.evaluate(scope, moment);
      return wantsText(leaf) ? toText(value) : value;
    },
  };
}

function allowed<T extends { references: References }>(compiled: T, pointer: string): T {
  if (compiled.references.secrets.length > 0)
    throw new NodeError('expression-error', 'config', `${pointer}: secrets may be read only in fields that are marked secret`);
  return compiled;
}

/** The configuration with some texts replaced; what does not change is shared. */
function replaced(value: Json, made: ReadonlyMap<string, Json>, pointer = ''): Json {
  const own = made.get(pointer);
  if (own !== undefined) return own;
  if (Array.isArray(value)) return value.map((one, index) => replaced(one, made, `${pointer}/${index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, made, `${pointer}/${escaped(key)}`)]));
}

/** Holds the resolved configuration against the type's schema. */
function parsed(type: AnyNodeType, config: Json): Record<string, Json> {
  const result = z.safeParse(type.config as z.ZodObject, config);
  if (result.success) return result.data as Record<string, Json>;
  const said = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the configuration'}: ${message}`);
  throw new NodeError('type-error', 'config', said.slice(0, 5).join('; '), { details: said.slice(0, 20) });
}

/** The configuration of a node, ready to be resolved once per run. Throws NodeError `expression-error` or `type-error`. */
export function compileConfig(type: AnyNodeType, config: RawConfig): CompiledConfig {
  const live = leavesOf(type, config).flatMap((leaf) => liveOf(leaf) ?? []);
  const references = together(live.map((one) => one.references));
  const makers = live.flatMap(({ pointer, value }) => (value ? [{ pointer, value }] : []));
  const make = (scope: Scope, { seed, now }: Moment, secrets: Secrets): Json =>
    replaced(config, new Map(makers.map(({ pointer, value }) => [pointer, value(scope, { seed: `${seed}\n${pointer}`, now }, secrets)])));
  const constant = live.every((one) => one.value === undefined);
  let same: Resolved | undefined;
  return {
    references,
    constant,
    resolve(scope, { seed, now, secrets }) {
      if (same) return same;
      const raw = make(scope, { seed, now }, secrets);
      const masked = references.secrets.length > 0 ? make(scope, { seed, now }, Object.fromEntries(references.secrets.map((name) => [name, HIDDEN]))) : raw; // prettier-ignore
      const resolved: Resolved = { config: parsed(type, raw), shown: masked as Record<string, Json> };
      if (constant) same = resolved;
      return resolved;
    },
  };
}
