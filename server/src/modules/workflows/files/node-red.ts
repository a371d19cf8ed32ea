import type { Json } from '../graph.ts';
import { linkText, type DrawnNode } from '../model/drawing.ts';
import { asNote, keysFor, lineOf, list, literal, record, textOf, type Converted, type Piece, type Reader, type ReportLine } from './convert.ts';
import { redRoot, translated } from './expressions.ts';

type Kind = (node: Record<string, unknown>, read: Reader) => Piece;

/** Is it an export of Node-RED: a list of nodes with wires? */
export const isNodeRed = (value: unknown): boolean => Array.isArray(value) && value.some((node) => Array.isArray(record(node)['wires']));

const PLAIN: Readonly<Record<string, (value: unknown) => string>> = {
  num: (value) => String(Number(value) || 0),
  bool: (value) => String(value === 'true' || value === true),
  date: () => 'now()',
  json: textOf,
};
/** Kinds of values that are kept elsewhere, or computed in another language. */
const ELSEWHERE: ReadonlySet<unknown> = new Set(['jsonata', 'flow', 'global', 'env']);

/** Fields of Node-RED name their kind beside them: `payload` of `msg`, a text, a number, JSON. */
function typed(value: unknown, kind: unknown, lost: string[]): string {
  const plain = Object.hasOwn(PLAIN, textOf(kind)) ? PLAIN[textOf(kind)] : undefined;
  if (plain) return plain(value);
  const found = kind === 'msg' ? translated(`msg.${textOf(value)}`, redRoot) : undefined;
  if (found !== undefined) return found;
  if (kind === 'msg' || ELSEWHERE.has(kind)) lost.push(`${textOf(kind)}: ${textOf(value)}`);
  return literal(textOf(value));
}

const braces = (text: string, lost: string[]): string =>
  text.replaceAll(/\{\{\{?\s*([\w.[\]]+)\s*\}?\}\}/g, (whole: string, path: string) => {
    const found = translated(`msg.${path}`, redRoot);
    if (found === undefined) lost.push(whole);
    return found === undefined ? `\\${whole}` : `{{ ${found} }}`;
  });

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const slug = (path: string): string => path.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60); // prettier-ignore

const hook: Kind = ({ url, method }) => {
  const path = slug(textOf(url));
  const wanted = textOf(method).toUpperCase();
  return {
    type: 'trigger',
    config: { mode: 'webhook', ...(path ? { path } : {}), methods: [METHODS.has(wanted) ? wanted : 'POST'], response: { mode: 'respond_node' } },
  };
};

/** An Inject node is pressed by hand, unless it repeats or has a cron. */
const inject: Kind = ({ repeat, crontab }) => {
  const notes = ['It runs as a service account: choose one before you publish.'];
  if (textOf(crontab)) return { type: 'trigger', config: { mode: 'schedule', type: 'cron', cron: textOf(crontab) }, notes };
  const seconds = Number(repeat) || 0;
  if (seconds > 0) return { type: 'trigger', config: { mode: 'schedule', type: 'interval', every: { value: Math.max(10, seconds), unit: 'seconds' } }, notes };
  return { type: 'trigger', config: { mode: 'manual' } };
}; // prettier-ignore

const TESTS: Readonly<Record<string, string>> = { eq: '==', neq: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const switched: Kind = ({ property, propertyType, rules, checkall }, read) => {
  const left = typed(property, propertyType ?? 'msg', read.lost);
  const all = list(rules).map(record);
  const port = (at: number): string => (textOf(all[at]?.['t']) === 'else' ? 'default' : `case${at + 1}`);
  const cases = all.flatMap(({ t, v, vt }, at): Json[] => {
    const test = TESTS[textOf(t)];
    if (textOf(t) === 'else') return [];
    if (test === undefined) read.lost.push(`the rule “${textOf(t)}”`);
    return [{ name: `case${at + 1}`, when: test === undefined ? 'false' : `${left} ${test} ${typed(v, vt ?? 'str', read.lost)}` }];
  });
  return { type: 'switch', config: { mode: 'rules', cases, allMatches: checkall !== 'false' }, out: port };
};

const change: Kind = ({ rules }, read) => {
  const fields = list(rules).map(record).flatMap(({ t, p, to, tot }): Json[] => {
    const name = textOf(p).replace(/^payload\.?/, '');
    if (!textOf(p).startsWith('payload') || (t !== 'set' && t !== 'delete')) return (read.lost.push(`${textOf(t)} ${textOf(p)}`), []);
    if (name === '') return (read.lost.push(`${textOf(t)} the whole payload`), []);
    return [t === 'delete' ? { name, remove: true } : { name, value: `{{ ${typed(to, tot ?? 'str', read.lost)} }}` }];
  });
  return { type: 'transform', config: { mode: 'fields', keep: 'all', fields } };
}; // prettier-ignore

const code: Kind = ({ func, outputs }) => {
  const body = textOf(func).split('\n').map((line) => `    ${line}`).join('\n'); // prettier-ignore
  return {
    type: 'code',
    config: {
      language: 'javascript',
      code: `export default ({ input }) => {\n  const run = (msg) => {\n${body}\n  };\n  return run({ payload: input })?.payload ?? null;\n};\n`,
      inputs: { input: 'input' },
    },
    notes: ['It runs without network, files and context: look it over.', ...(Number(outputs) > 1 ? ['Only its first output was taken over.'] : [])],
  };
};

const request: Kind = ({ method, url, ret }, read) => ({
  type: 'http_api',
  config: { method: METHODS.has(textOf(method)) ? textOf(method) : 'GET', url: braces(textOf(url), read.lost), parse: ret === 'obj' ? 'json' : ret === 'txt' ? 'text' : 'auto' }, // prettier-ignore
  notes: textOf(method) === 'use' ? ['Its method came with the message: GET was taken.'] : [],
});

const UNITS: Readonly<Record<string, [factor: number, unit: string]>> = {
  milliseconds: [0.001, 'seconds'], second: [1, 'seconds'], seconds: [1, 'seconds'], minutes: [1, 'minutes'], hours: [1, 'hours'], days: [1, 'days'],
}; // prettier-ignore
const delay: Kind = ({ timeout, timeoutUnits, pauseType }) => {
  const [factor, unit] = UNITS[textOf(timeoutUnits)] ?? [1, 'seconds'];
  const notes = pauseType !== undefined && pauseType !== 'delay' ? ['It limited a rate, which a delay does not.'] : [];
  return { type: 'delay', config: { mode: 'for', for: { value: Math.max(1, (Number(timeout) || 1) * factor), unit } }, notes };
};

const response: Kind = ({ statusCode }) => ({ type: 'respond', config: { bodyType: 'json', ...(Number(statusCode) ? { status: Number(statusCode) } : {}) } }); // prettier-ignore
const template: Kind = ({ template: text }, read) => ({ type: 'transform', config: { mode: 'template', template: braces(textOf(text), read.lost) } });
const email: Kind = ({ name }) => ({ type: 'email', config: { to: [textOf(name)].filter(Boolean), subject: 'Message', text: '{{ input }}' }, notes: ['Subject and text came with the message: look them over.'] }); // prettier-ignore
const split: Kind = () => ({ type: 'loop', config: { type: 'for_each', items: 'input' }, out: () => 'body', notes: ['Lead the end of its body back to its input “next”.'] }); // prettier-ignore
const join: Kind = () => ({ type: 'merge', config: { inputs: 2, policy: 'all', combine: 'append' }, into: () => 'in1', notes: ['Look over which branches it joins.'] }); // prettier-ignore

const KINDS: Readonly<Record<string, Kind>> = {
  'http in': hook,
  inject,
  switch: switched,
  change,
  function: code,
  'http request': request,
  delay,
  'http response': response,
  template,
  'e-mail': email,
  split,
  join,
  comment: ({ name, info }) => ({ type: 'note', config: { text: `${textOf(name)}\n\n${textOf(info)}`.slice(0, 10_000) } }),
};

/** Settings of servers and the like lie among the nodes, and are none. */
const isNode = (node: Record<string, unknown>): boolean => Array.isArray(node['wires']) || node['type'] === 'comment';

/** The flows of a Node-RED file as one workflow, with a line for each node. */
export function fromNodeRed(value: unknown): Converted {
  const all = list(value).map(record);
  const tab = all.find(({ type }) => type === 'tab');
  const foreign = all.filter(isNode).slice(0, 500);
  const nameOf = (node: Record<string, unknown>): string => textOf(node['name']) || textOf(node['type']);
  const keys = keysFor(foreign.map(nameOf));
  const pieces = new Map<string, { key: string; piece: Piece }>();
  const report: ReportLine[] = [];
  const nodes = foreign.map((node, at): DrawnNode => {
    const read: Reader = { lost: [], text: textOf, template: textOf, expression: textOf };
    const kind = textOf(node['type']);
    const piece = (Object.hasOwn(KINDS, kind) ? KINDS[kind]?.(node, read) : undefined) ?? asNote(kind, node);
    const key = keys[at]!;
    pieces.set(textOf(node['id']), { key, piece });
    report.push(lineOf(nameOf(node), kind, key, piece, read.lost));
    const { x, y } = node;
    return { key, type: piece.type, name: nameOf(node).slice(0, 100), config: piece.config, ...(typeof x === 'number' && typeof y === 'number' ? { layout: { x: x * 1.3, y } } : {}) };
  });
  return { name: (textOf(tab?.['label']) || 'Imported flow').slice(0, 100), nodes, links: linksOf(foreign, pieces), report };
} // prettier-ignore

function linksOf(foreign: readonly Record<string, unknown>[], pieces: ReadonlyMap<string, { key: string; piece: Piece }>): string[] {
  const found = foreign.flatMap(({ id, wires }) =>
    list(wires).flatMap((targets, output) =>
      list(targets).flatMap((target): string[] => {
        const [from, to] = [pieces.get(textOf(id)), pieces.get(textOf(target))];
        if (!from || !to || from.piece.type === 'note' || to.piece.type === 'note') return [];
        const ports = { sourcePort: from.piece.out?.(output) ?? 'main', targetPort: to.piece.into?.(0) ?? 'main' };
        return [linkText({ kind: 'flow', source: from.key, target: to.key, ...ports })];
      }),
    ),
  );
  return [...new Set(found)];
}
