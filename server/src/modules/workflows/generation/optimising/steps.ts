import { NODE_TYPES } from '../../nodes/index.ts';
import { effectIn } from '../saying.ts';
import { basisOf, idempotent, isRead, OFTEN, onIn, ran, readsOf, SLOW_MS, update, withSettings, type Finding, type Rule } from './parts.ts';

/** Rules on single steps. Pure: the same graph and records give the same findings. */

export const cached: Rule = (graph, { byNode }) =>
  onIn(graph)
    .filter((node) => isRead(node) && (node.settings?.cacheSeconds ?? 0) === 0)
    .flatMap((node): Finding[] => {
      const found = byNode.get(node.id);
      const constant = !JSON.stringify(node.config).includes('{{') && !readsOf(node).input && readsOf(node).nodes.size === 0;
      if (!found || found.runs < OFTEN || found.medianMs < SLOW_MS || !constant) return [];
      return [
        {
          kind: 'cache',
          title: `The answer of “${node.name}” can be kept for a minute`,
          reason: 'It asks the same each time.',
          nodeIds: [node.id],
          basis: basisOf(found),
          ops: [
            update(node.id, { settings: withSettings(node, { cacheSeconds: 60 }) }, 'The same question within a minute is answered from the first'),
          ],
        },
      ];
    });

export const retried: Rule = (graph, { byNode }) =>
  onIn(graph).flatMap((node): Finding[] => {
    const found = byNode.get(node.id);
    const once = node.settings?.retry?.maxAttempts === 1 && idempotent(node);
    if (!found || found.passing === 0 || !once) return [];
    return [
      {
        kind: 'retry',
        title: `“${node.name}” is worth another try`,
        reason: 'It failed by what passes, and doing it twice does no harm.',
        nodeIds: [node.id],
        basis: [...basisOf(found), ran('failed by what passes', found.passing, 'runs')],
        ops: [update(node.id, { settings: withSettings(node, { retry: { ...node.settings?.retry, maxAttempts: 3 } }) }, 'Up to three tries')],
      },
    ];
  });

export const keyed: Rule = (graph, { byNode }) =>
  onIn(graph)
    .filter((node) => node.type === 'http_api' && effectIn(node) === 'effect' && !idempotent(node))
    .map((node): Finding => {
      const found = byNode.get(node.id);
      const off = node.config['idempotency'] !== 'header';
      return {
        kind: 'idempotency',
        title: `“${node.name}” cannot be told from its repeat`,
        reason: 'After a fault nobody knows whether it was done, so it is not tried again. If the other side takes a key, send one.',
        nodeIds: [node.id],
        basis: found ? basisOf(found) : [],
        ops: off ? [update(node.id, { config: { ...node.config, idempotency: 'header' } }, 'Each request carries an Idempotency-Key')] : [],
      };
    });

export const timed: Rule = (graph, { byNode }) =>
  onIn(graph).flatMap((node): Finding[] => {
    const found = byNode.get(node.id);
    const most = node.settings?.timeoutSeconds ?? NODE_TYPES.get(node.type)?.timeoutSeconds;
    if (!found || most === undefined || found.runs < OFTEN) return [];
    const tight = found.timedOut > 0 || found.longMs > most * 800;
    if (!tight || most >= 3_600) return [];
    const timeoutSeconds = Math.min(3_600, most * 2);
    return [
      {
        kind: 'timeout',
        title: `“${node.name}” is given too little time`,
        reason: `It may take ${most} s, and comes close to it or over it.`,
        nodeIds: [node.id],
        basis: [...basisOf(found), ran('longest but the last twentieth', found.longMs, 'ms'), ran('ran out of time', found.timedOut, 'runs')],
        ops: [update(node.id, { settings: withSettings(node, { timeoutSeconds }) }, `${timeoutSeconds} s`)],
      },
    ];
  });

/** The slowest step, where it is most of the time: for whoever decides where to look. */
export const slowest: Rule = (graph, { byNode, medianMs }) => {
  const timedNodes = onIn(graph).flatMap((node) => (byNode.has(node.id) ? [{ node, found: byNode.get(node.id)! }] : []));
  const [first] = timedNodes.toSorted((a, b) => b.found.medianMs - a.found.medianMs);
  if (!first || medianMs === null || first.found.runs < OFTEN || first.found.medianMs < Math.max(SLOW_MS, medianMs * 0.5)) return [];
  const share = Math.min(100, Math.round((100 * first.found.medianMs) / medianMs));
  return [
    {
      kind: 'slow',
      title: `“${first.node.name}” takes most of the time`,
      reason: 'Half of a run or more is spent in it.',
      nodeIds: [first.node.id],
      basis: [...basisOf(first.found), ran('of a run', share, 'percent')],
      ops: [],
    },
  ];
};
