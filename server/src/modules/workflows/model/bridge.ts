import { sha256 } from '#kernel/ids.ts';
import type { Connection } from '../graph.ts';

/** An id that hangs on the two connections it joins, so that the same edit gives the same draft wherever it is made (RFC 9562, version 8). */
function joinedId(a: string, b: string): string {
  const hex = sha256(`${a} ${b}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const sameEnds = (a: Connection, b: Connection): boolean =>
  a.source === b.source && a.sourcePort === b.sourcePort && a.target === b.target && a.targetPort === b.targetPort;

/** What joins the neighbours of a node that goes: everything that came in leads on to where it went, but for what handled its errors. */
export function bridged(connections: readonly Connection[], nodeId: string): Connection[] {
  const flow = connections.filter(({ kind, source, target }) => kind === 'flow' && source !== target);
  const incoming = flow.filter(({ target }) => target === nodeId);
  const outgoing = flow.filter(({ source, sourcePort }) => source === nodeId && sourcePort !== 'error');
  const found: Connection[] = [];
  for (const before of incoming)
    for (const after of outgoing) {
      const one = { ...before, id: joinedId(before.id, after.id), target: after.target, targetPort: after.targetPort };
      if (one.source !== one.target && ![...flow, ...found].some((other) => sameEnds(other, one))) found.push(one);
    }
  return found;
}
