import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from '#lib/api.ts';
import { useCan } from '#lib/session.ts';
import type { Page } from '#lib/types.ts';
import type { Json } from '../types.ts';
import { before, linesOf } from '../graph/lines.ts';
import { useBuilder, type State } from '../state/store.ts';
import type { Known } from '../expression/suggest.ts';

/** What is known of the data at a node: for completion, for previews, and to look at. */
export interface ScopeView {
  known: Known;
  /** Variables of an expression, as far as a run or pinned data tell them. */
  data: { input: Json; trigger: Json; nodes: Record<string, { output: Json; status: string }> };
  upstream: readonly { id: string; key: string; name: string; output: Json | undefined; pinned: boolean }[];
}

/** The output that an expression would see: pinned data comes before that of a run. */
export const outputOf = ({ past, run }: Pick<State, 'past' | 'run'>, id: string): { output: Json | undefined; pinned: boolean } => {
  const pinned = past.doc.nodes[id]?.settings?.pinnedOutput;
  return pinned === undefined ? { output: run?.nodes.get(id)?.output, pinned: false } : { output: pinned, pinned: true };
};

/** Names of variables, for completion. */
function useVariables(): readonly string[] {
  const can = useCan('env-vars:read');
  const { data } = useQuery({
    queryKey: ['/env-vars', 'names'],
    queryFn: ({ signal }) =>
      request<Page<{ name: string }>>('GET', '/env-vars', { query: { limit: 200 }, signal }).then(({ items }) => items.map(({ name }) => name)),
    enabled: can,
    staleTime: 60_000,
  });
  return data ?? NO_NAMES;
}
const NO_NAMES: readonly string[] = [];

export function useScope(id: string): ScopeView {
  const doc = useBuilder(({ past }) => past.doc);
  const run = useBuilder((state) => state.run);
  const vars = useVariables();
  return useMemo(() => {
    const past = { doc, done: [], undone: [] };
    const lines = linesOf(doc);
    const upstream = [...before(lines, id)].flatMap((other) => {
      const node = doc.nodes[other];
      return node ? [{ id: node.id, key: node.key, name: node.name, ...outputOf({ past, run }, other) }] : [];
    });
    const direct = lines.into.get(id)?.[0]?.source;
    const input = run?.nodes.get(id)?.input ?? (direct === undefined ? undefined : outputOf({ past, run }, direct).output);
    const trigger = upstream.find((node) => doc.nodes[node.id]?.type === 'trigger')?.output;
    const nodes = Object.fromEntries(
      upstream.filter(({ output }) => output !== undefined).map(({ key, output }) => [key, { output: output!, status: 'completed' }]),
    );
    return { upstream, known: { nodes: upstream, vars, input }, data: { input: input ?? null, trigger: trigger ?? null, nodes } };
  }, [doc, run, vars, id]);
}
