import { z } from 'zod';
import { leavesOf, type Leaf } from '../../expressions/index.ts';
import type { GraphNode, Json } from '../../graph.ts';
import { ofVersion, type AnyNodeType } from '../../nodes/declare.ts';
import { isOpen } from '../../nodes/values.ts';
import { looksSecret } from '../credentials.ts';
import { setConfig, withText } from '../fixes.ts';
import type { Finding } from '../findings.ts';
import { active, error, type Rule, type View } from '../view.ts';

/** V02: types that there are. */
const types: Rule = ({ graph, types: known }) =>
  graph.nodes.flatMap((node) => (known.has(node.type) ? [] : [error('V02', node, `There is no node type "${node.type}"`, { pointer: '/type' })]));

const at = (config: Json, path: readonly PropertyKey[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (here, key) => (typeof here === 'object' && here !== null ? (here as Record<PropertyKey, Json>)[key] : undefined),
    config,
  );

/** Unions say that nothing fits when an expression stands where a number belongs: their branches are looked at. */
function isAboutExpression(config: Json, issue: z.core.$ZodIssue): boolean {
  if (isOpen(at(config, issue.path))) return true;
  return (
    issue.code === 'invalid_union' &&
    issue.errors.some((branch) => branch.length > 0 && branch.every(({ path }) => isOpen(at(config, [...issue.path, ...path]))))
  );
}

const pointerOf = (path: readonly PropertyKey[]): string => path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** V03: the configuration fits its type; and what the type itself finds. */
const schemas: Rule = (view) =>
  [...view.topology.nodes.values()].flatMap(({ node, type }): Finding[] => {
    if (!type) return [];
    const parsed = z.safeParse(type.config as z.ZodObject, node.config);
    const issues = (parsed.error?.issues ?? []).filter((issue) => !isAboutExpression(node.config, issue));
    const own = parsed.success || issues.length === 0 ? (type.check?.(node.config) ?? []) : [];
    return [
      ...issues.map(({ path, message }) => error('V03', node, message, { pointer: `/config${pointerOf(path)}` })),
      ...own.map(({ rule, severity, pointer, message }): Finding => ({ rule, severity, nodeId: node.id, nodeKey: node.key, pointer: `/config${pointer}`, message })),
    ];
  }); // prettier-ignore

/** `fetch` and `/headers/0/value` give FETCH_VALUE. */
const secretName = ({ key }: GraphNode, pointer: string): string =>
  `${key}_${pointer.split('/').findLast((part) => !/^\d*$/.test(part)) ?? 'value'}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();

/** Which leaves a configuration has; none when its type cannot be read. */
export const textsOf = (type: AnyNodeType, node: GraphNode): Leaf[] => leavesOf(ofVersion(type, node.typeVersion), node.config);

/** V19: keys do not lie in graphs, where everybody reads them and every version keeps them. */
const literals: Rule = (view: View) =>
  active(view).flatMap(({ node, type }) =>
    textsOf(type, node)
      .filter(({ text, mark }) => looksSecret(text) && !(mark === 'secret' && text.startsWith('secret://')))
      .map(({ pointer }) => {
        const name = secretName(node, pointer);
        const fix = setConfig(`Move it to the secret ${name}`, node, withText(node.config, pointer, `secret://${name}`));
        return error('V19', node, `That looks like a credential. Keep it as a secret and write secret://${name}`, {
          pointer: `/config${pointer}`,
          fix,
        });
      }),
  );

export const configuration: readonly Rule[] = [types, schemas, literals];
