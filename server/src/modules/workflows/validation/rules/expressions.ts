import { LIST, MAP } from '#kernel/cel/spelling.ts';
import { isReference, referenceName } from '#kernel/secret-references.ts';
import { compileExpression, parseTemplate, type Compiled, type Leaf } from '../../expressions/index.ts';
import { NodeError } from '../../nodes/declare.ts';
import { setConfig, withText } from '../fixes.ts';
import type { Finding } from '../findings.ts';
import type { Placed } from '../topology.ts';
import { active, callerOf, error, undoneBy, warning, type Rule, type View } from '../view.ts';
import { textsOf } from './configuration.ts';
import { expectedOf, typeFault, unknownField } from './types.ts';

type Path = Compiled['paths'][number];
type Known = Placed & { type: NonNullable<Placed['type']> };

/** An expression in a field, with where it begins in the text. */
interface Found {
  leaf: Leaf;
  expression: Compiled;
  offset: number;
  /** The field is nothing but this. */
  whole: boolean;
}

/** Reads the expressions of a field, or says why they cannot be read. */
function expressionsIn(leaf: Leaf): Found[] | NodeError {
  try {
    if (leaf.mark === 'expr') return leaf.text === '' ? [] : [{ leaf, expression: compileExpression(leaf.text), offset: 0, whole: true }];
    if (leaf.mark === 'none' || (leaf.mark === 'secret' && isReference(leaf.text))) return [];
    const { expressions, single } = parseTemplate(leaf.text);
    return expressions.map((expression) => ({ leaf, expression, offset: expression.start, whole: single }));
  } catch (fault) {
    if (fault instanceof NodeError) return fault;
    throw fault;
  }
}

/** Variables that every node has. */
const COMMON: ReadonlySet<string> = new Set([
  'input', 'trigger', 'nodes', 'item', 'index', 'loop', 'vars', 'secrets', 'execution', 'workflow', 'tenant', 'actor', 'error',
]); // prettier-ignore
/** Namespaces of functions, and names of types. */
const WORDS: ReadonlySet<string> = new Set([
  'json', 'base64', 'url', 'hash', 'regex', 'text', 'list', 'map', 'date', 'ip', 'semver', 'optional', 'google',
  'string', 'bool', 'int', 'uint', 'double', 'bytes', 'null_type', 'type', LIST, MAP,
]); // prettier-ignore

/** Names that loops give their items, and folds their values. */
function loopNames({ topology }: View, { node, type }: Known): Set<string> {
  const around = [...(topology.loopsAround.get(node.id) ?? []), ...(type.control === 'loop' ? [node.id] : [])];
  return new Set(
    around.flatMap((id) => {
      const { itemName = 'item', accumulator } = topology.nodes.get(id)!.node.config;
      return [String(itemName), ...(accumulator === undefined ? [] : ['acc', 'accumulator'])];
    }),
  );
}

const own = ({ schemas }: Leaf): unknown[] =>
  schemas.flatMap((schema) => (Array.isArray(schema['variables']) ? (schema['variables'] as unknown[]) : []));

/** V15: a variable that nobody sets is a spelling mistake. */
function unknownNames(view: View, placed: Known, { leaf, expression }: Found): Finding[] {
  const known = loopNames(view, placed);
  const foreign = [...expression.names].filter((name) => !COMMON.has(name) && !WORDS.has(name) && !known.has(name) && !own(leaf).includes(name));
  return foreign.map((name) => error('V15', placed.node, `There is no variable "${name}"`, { pointer: `/config${leaf.pointer}` }));
}

/** The text with a path that may be absent wrapped in `default`. */
function defaulted({ leaf, offset }: Found, { start, end }: Path): string {
  const { text } = leaf;
  return `${text.slice(0, offset + start)}default(${text.slice(offset + start, offset + end)}, null)${text.slice(offset + end)}`;
}

/** V15, V17: what is read of other nodes. */
function ofNodes(view: View, placed: Known, found: Found, path: Path): Finding[] {
  const { topology } = view;
  const [key, what] = path.names;
  const at = { pointer: `/config${found.leaf.pointer}` };
  if (path.root !== 'nodes' || key === undefined) return [];
  const read = topology.byKey.get(key);
  if (!read) return [error('V15', placed.node, `There is no node "${key}"`, at)];
  // The address at which a waiting node is woken is handed out before it waits.
  if (what === 'callbackUrl' && read.node.type === 'wait_event') return [];
  // A tool reads what its agent may read.
  const reader = callerOf(view, placed) ?? placed;
  const before = isBefore(view, placed, read, reader);
  if (before === undefined) return [];
  if (!before) return [error('V15', placed.node, notBefore(view, placed, read), at)];
  if (path.guarded || what !== 'output' || isSure(view, reader, read)) return fieldFault(placed, read, path, at);
  const fix = setConfig('Give a default', placed.node, withText(placed.node.config, found.leaf.pointer, defaulted(found, path)));
  return [
    warning('V17', placed.node, `"${key}" may be skipped when "${placed.node.key}" runs; say what counts then with default(…)`, { ...at, fix }),
  ];
}

/** What undoes an act reads what that has answered. */
const isBefore = (view: View, placed: Known, read: Placed, reader: Placed): boolean | undefined =>
  undoneBy(view, placed) === read || view.topology.leadsTo(read.node.id, reader.node.id);

function notBefore({ topology }: View, placed: Known, read: Placed): string {
  if (read === placed) return `"${placed.node.key}" cannot read its own output`;
  const inLoop = topology.loopsAround.get(read.node.id)!.find((id) => !topology.loopsAround.get(placed.node.id)!.includes(id));
  const loop = inLoop === undefined ? undefined : topology.nodes.get(inLoop)!.node.key;
  if (loop !== undefined) return `"${read.node.key}" is in the body of "${loop}"; read nodes.${loop}.output.results`;
  return `"${read.node.key}" does not come before "${placed.node.key}"`;
}

/** Whether a node has surely run: nothing had to be chosen for it that was not chosen for the reader too. */
function isSure({ topology }: View, placed: Placed, read: Placed): boolean {
  const [mine, theirs] = [placed, read].map(({ node }) => topology.choices.get(node.id)!) as [ReadonlySet<string>, ReadonlySet<string>];
  const starts = topology.startedBy.get(read.node.id)!;
  if (read.node.settings?.disabled) return false;
  return [...theirs].every((choice) => mine.has(choice)) && [...topology.startedBy.get(placed.node.id)!].every((trigger) => starts.has(trigger));
}

/** Ports whose value is what the type declares as its output. */
const TOLD: ReadonlySet<string> = new Set(['main', 'error', 'body', 'done']);

function fieldFault(placed: Known, read: Placed, { names }: Path, at: { pointer: string }): Finding[] {
  const told = read.node.settings?.onError !== 'continue' && read.outputs.every(({ name }) => TOLD.has(name));
  const fault = told && read.type && names[1] === 'output' ? unknownField(read.type, read.node.config, names.slice(2)) : undefined;
  return fault === undefined ? [] : [error('V16', placed.node, `${fault} in the output of "${read.node.key}"`, at)];
}

/** V18, V20: secrets and variables. */
function ofValues({ facts }: View, { node }: Known, { leaf, expression }: Found): Finding[] {
  const at = { pointer: `/config${leaf.pointer}` };
  const { secrets, vars } = expression.references;
  const outside = leaf.mark !== 'secret' && (secrets.length > 0 || expression.names.has('secrets'));
  return [
    ...(outside ? [error('V18', node, 'Secrets can be read only in fields that are marked secret: here it would be seen', at)] : []),
    ...(outside ? [] : secrets.filter((name) => facts.secrets && !facts.secrets.has(name)).map((name) => error('V20', node, `There is no secret "${name}" where this workflow looks`, at))),
    ...vars.filter((name) => facts.variables && !facts.variables.has(name)).map((name) => error('V20', node, `There is no variable "${name}" where this workflow looks`, at)),
  ];
} // prettier-ignore

function references({ facts }: View, { node }: Known, leaves: readonly Leaf[]): Finding[] {
  const named = leaves.filter(({ mark, text }) => mark === 'secret' && isReference(text));
  const missing = named.filter(({ text }) => facts.secrets && !facts.secrets.has(referenceName(text)));
  return missing.map(({ text, pointer }) => error('V20', node, `There is no secret "${referenceName(text)}" where this workflow looks`, { pointer: `/config${pointer}` }));
} // prettier-ignore

function unreadable({ node }: Known, { pointer }: Leaf, fault: NodeError): Finding {
  const rule = fault.type === 'type-error' ? 'V16' : 'V14';
  return error(rule, node, fault.message, { pointer: `/config${pointer}` });
}

/** V16: the value fits the field. */
function fits(placed: Known, found: Found): Finding[] {
  const { leaf, expression } = found;
  const fault = found.whole ? typeFault(expression.type, expectedOf(leaf)) : undefined;
  return fault === undefined ? [] : [error('V16', placed.node, fault, { pointer: `/config${leaf.pointer}` })];
}

/** V14 to V18 and V20, field by field. */
export const expressions: Rule = (view) =>
  active(view).flatMap((placed) => {
    const leaves = textsOf(placed.type, placed.node);
    return [
      ...references(view, placed, leaves),
      ...leaves.flatMap((leaf): Finding[] => {
        const found = expressionsIn(leaf);
        if (found instanceof NodeError) return [unreadable(placed, leaf, found)];
        return found.flatMap((one) => [
          ...unknownNames(view, placed, one),
          ...one.expression.paths.flatMap((path) => ofNodes(view, placed, one, path)),
          ...ofValues(view, placed, one),
          ...fits(placed, one),
        ]);
      }),
    ];
  });
