import { isIP } from 'node:net';
import { addressFault, bareHost } from '#kernel/outbound.ts';
import type { GraphNode } from '../../graph.ts';
import type { AnyNodeType, RawConfig } from '../../nodes/declare.ts';
import type { Finding } from '../findings.ts';
import type { Placed } from '../topology.ts';
import { active, effectOf, error, info, literal, warning, type Rule } from '../view.ts';

const MIB = 1_048_576;
const MOST_NESTING = 5;
const MOST_CODE = 64 * 1_024;

/** Why a literal address is never called; null when it may be. Names are looked up with each call only. */
function targetFault(text: string): string | null {
  const url = URL.parse(text);
  if (!url) return 'it is not an address';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'only http and https are called';
  if (url.username !== '' || url.password !== '') return 'it carries a password';
  const host = bareHost(url);
  if (/^(.+\.)?localhost\.?$/.test(host)) return 'it is this machine';
  // What a tenant may open for itself is judged when it runs.
  return isIP(host) === 0 ? null : addressFault(host, 'private');
}

/** V35. */
const targets: Rule = (view) =>
  active(view).flatMap(({ node }): Finding[] => {
    const url = node.type === 'http_api' ? literal(node.config, 'url') : undefined;
    const fault = url === undefined || url === '' ? null : targetFault(url);
    return fault === null ? [] : [error('V35', node, `${url} cannot be called: ${fault}`, { pointer: '/config/url' })];
  });

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const isWrite = ({ method = 'GET', safe }: RawConfig): boolean => !READS.has(String(method)) && safe !== true;
/** V36: tried again, and perhaps done again. */
const repeated: Rule = (view) =>
  active(view)
    .filter(({ node }) => node.type === 'http_api' && isWrite(node.config) && node.config['idempotency'] === 'none')
    .filter(({ node }) => (node.settings?.retry?.maxAttempts ?? 1) > 1)
    .map(({ node }) =>
      warning('V36', node, 'The request is tried again without a key by which the other side could tell: it may be done twice', {
        pointer: '/settings/retry/maxAttempts',
      }),
    );

/** V37: how often an effect may happen is said by somebody. */
const bounds: Rule = (view) => {
  const effects = new Set(active(view).filter((placed) => effectOf(placed) === 'effect').map(({ node }) => node.id)); // prettier-ignore
  return [...view.topology.bodies].flatMap(([id, body]) => {
    const { node } = view.topology.nodes.get(id)!;
    return node.config['maxIterations'] === undefined && [...body].some((inside) => effects.has(inside))
      ? [warning('V37', node, `"${node.key}" acts on something in each round: say how many rounds there may be at most`, { pointer: '/config/maxIterations' })]
      : [];
  });
}; // prettier-ignore

/** V38: sizes. */
const limits: Rule = ({ graph, facts, topology }) => {
  const { limits: most } = facts;
  const size = Buffer.byteLength(JSON.stringify(graph));
  const pinned = graph.nodes.reduce((total, { settings }) => total + (settings?.pinnedOutput === undefined ? 0 : JSON.stringify(settings.pinnedOutput).length), 0);
  const hooks = topology.triggers.filter(({ node }) => node.config['mode'] === 'webhook').length;
  const counted: [what: string, is: number, may: number][] = [
    ['nodes', graph.nodes.length, most.nodes],
    ['connections', graph.connections.length, most.connections],
    ['MiB of graph', Math.ceil(((size - pinned) / MIB) * 100) / 100, most.graphBytes / MIB],
    ['MiB of pinned data', Math.ceil((pinned / MIB) * 100) / 100, most.pinnedBytes / MIB],
    ['webhooks in the tenant', hooks === 0 ? 0 : most.webhooks.used + hooks, most.webhooks.most],
  ];
  const deep = [...topology.loopsAround].filter(([id, loops]) => topology.bodies.has(id) && loops.length >= MOST_NESTING);
  const long = graph.nodes.filter(({ type, config }) => type === 'code' && typeof config['code'] === 'string' && Buffer.byteLength(config['code']) > MOST_CODE);
  return [
    ...counted.filter(([, is, may]) => is > may).map(([what, is, may]) => error('V38', null, `${is} ${what}, and ${may} is the most`)),
    ...deep.map(([id]) => error('V38', topology.nodes.get(id)!.node, `Loops lie in each other more than ${MOST_NESTING} deep`)),
    ...long.map((node) => error('V38', node, `The script has more than ${MOST_CODE / 1_024} KiB`, { pointer: '/config/code' })),
  ];
}; // prettier-ignore

/** V39: a node that may take longer than everything. */
const times: Rule = (view) =>
  active(view).flatMap(({ node }) => {
    const { timeoutSeconds } = node.settings ?? {};
    const whole = view.settings.timeoutSeconds;
    return timeoutSeconds !== undefined && timeoutSeconds > whole
      ? [
          warning('V39', node, `The node may take ${timeoutSeconds} s, and the workflow ends after ${whole} s`, {
            pointer: '/settings/timeoutSeconds',
          }),
        ]
      : [];
  });

/** V40: what is written once at the end can lose no effect. */
const durability: Rule = (view) => {
  if (view.settings.durability !== 'end') return [];
  const acting = active(view).filter((placed) => ['effect', 'wait'].includes(effectOf(placed)) && placed.node.type !== 'respond');
  return acting.map(({ node }) =>
    error('V40', node, `"${node.key}" acts or waits, and with durability "end" a crash would lose that`, {
      fix: { title: 'Keep every step', ops: [{ op: 'updateSettings', set: { durability: 'full' } }] },
    }),
  );
};

const older = (node: GraphNode, type: AnyNodeType | undefined): Finding[] =>
  type && node.typeVersion < type.version
    ? [info('V43', node, `There is a newer version of "${type.label}"`, { pointer: '/typeVersion', fix: { title: `Take version ${type.version}`, ops: [{ op: 'updateNode', id: node.id, set: { typeVersion: type.version } }] } })]
    : []; // prettier-ignore

/** V45: what undoes an act stands beside the flow, and there is an act to be undone. */
const undoing: Rule = (view) =>
  active(view).flatMap((placed) => {
    const { compensate } = placed.node.settings ?? {};
    if (compensate === undefined) return [];
    const by = view.topology.byKey.get(compensate);
    const at = { pointer: '/settings/compensate' };
    if (!by || by.node === placed.node) return [error('V45', placed.node, `There is no other node "${compensate}" that could undo it`, at)];
    if (effectOf(placed) !== 'effect') return [error('V45', placed.node, `"${placed.node.key}" does not act: there is nothing to undo`, at)];
    if (by.incoming.length + by.outgoing.length > 0) return [error('V45', placed.node, `"${compensate}" is part of the flow: what undoes something stands beside it`, at)];
    return by.type?.control !== undefined || by.node.settings?.disabled ? [error('V45', placed.node, `"${compensate}" undoes nothing by itself`, at)] : [];
  }); // prettier-ignore

/** A setting that this kind of node does nothing with. */
const idle = (placed: Placed & { type: AnyNodeType }): Finding[] => {
  const { node } = placed;
  const { cacheSeconds = 0, approval } = node.settings ?? {};
  const effect = effectOf(placed);
  return [
    ...(cacheSeconds > 0 && effect !== 'read' ? [info('V43', node, `"${node.key}" reads nothing from outside: nothing is kept of it`, { pointer: '/settings/cacheSeconds' })] : []),
    ...(cacheSeconds > 0 && node.settings?.sensitive ? [info('V43', node, `"${node.key}" is sensitive: nothing is kept of it`, { pointer: '/settings/cacheSeconds' })] : []),
    ...(approval === 'require' && effect !== 'effect' ? [warning('V43', node, `"${node.key}" does not act: nobody is asked to agree to it`, { pointer: '/settings/approval' })] : []),
  ];
}; // prettier-ignore

/** V43: what is easily forgotten. */
const forgotten: Rule = (view) => [...active(view).flatMap(idle), ...overlooked(view)];

const overlooked: Rule = ({ topology, types }) =>
  [...topology.nodes.values()].flatMap(({ node }): Finding[] => [
    ...(node.settings?.pinnedOutput === undefined ? [] : [info('V43', node, `"${node.key}" has pinned data, which test runs take instead of running it`, { pointer: '/settings/pinnedOutput' })]),
    ...(node.settings?.disabled ? [info('V43', node, `"${node.key}" is switched off`, { pointer: '/settings/disabled' })] : []),
    ...older(node, types.get(node.type)),
  ]); // prettier-ignore

export const running: readonly Rule[] = [targets, repeated, bounds, limits, times, durability, undoing, forgotten];
