import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '#kernel/problems.ts';
import { canonicalJson, newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Connection, GraphNode } from '../graph.ts';
import '../problems.ts';
import { DEFAULT_SETTINGS } from './copies.ts';
import { editsBetween } from './difference.ts';
import { applyEdits, type Draft, type Edit } from './edits.ts';
import { contentHash } from './hash.ts';

const IDS = Array.from({ length: 8 }, () => newId());
const LINKS = Array.from({ length: 12 }, () => newId());

const node = fc.record({
  id: fc.constantFrom(...IDS),
  key: fc.constantFrom('a', 'b', 'c_1'),
  type: fc.constantFrom('transform', 'filter'),
  typeVersion: fc.constant(1),
  name: fc.string({ maxLength: 8 }),
  config: fc.dictionary(fc.constantFrom('x', 'y'), fc.jsonValue({ maxDepth: 2 })),
}) as fc.Arbitrary<GraphNode>;
const layout = fc.record({ x: fc.integer(), y: fc.integer() });
const connection = fc.record({
  id: fc.constantFrom(...LINKS),
  kind: fc.constant('flow' as const),
  source: fc.constantFrom(...IDS),
  sourcePort: fc.constantFrom('main', 'error'),
  target: fc.constantFrom(...IDS),
  targetPort: fc.constant('main'),
}) as fc.Arbitrary<Connection>;
const set = fc.record(
  { name: fc.string({ maxLength: 5 }), description: fc.option(fc.string({ maxLength: 5 }), { nil: null }) },
  { requiredKeys: [] },
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ op: fc.constant('addNode' as const), node }),
  fc.record({ op: fc.constant('addNode' as const), node }),
  fc.record({ op: fc.constant('connect' as const), connection }),
  fc.record({ op: fc.constant('connect' as const), connection }),
  fc.record({ op: fc.constant('updateNode' as const), id: fc.constantFrom(...IDS), set: set as fc.Arbitrary<never> }),
  fc.record({ op: fc.constant('moveNode' as const), id: fc.constantFrom(...IDS), layout }),
  fc.record({ op: fc.constant('removeNode' as const), id: fc.constantFrom(...IDS), bridge: fc.boolean() }),
  fc.record({ op: fc.constant('disconnect' as const), id: fc.constantFrom(...LINKS) }),
  fc.record({ op: fc.constant('updateSettings' as const), set: fc.record({ timeoutSeconds: fc.integer({ min: -5, max: 500 }), environment: fc.constantFrom('dev', null) }, { requiredKeys: [] }) }),
); // prettier-ignore

const EMPTY: Draft = { graph: { nodes: [], connections: [] }, settings: DEFAULT_SETTINGS };
/** In no order: what runs does not hang on it. */
const plain = ({ graph, settings }: Draft): string =>
  canonicalJson({ nodes: graph.nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)), connections: graph.connections.toSorted((a, b) => (a.id < b.id ? -1 : 1)), settings }); // prettier-ignore

/** The draft after those of the edits that can be made, one by one. */
function reached(edits: readonly Edit[]): { draft: Draft; made: Edit[] } {
  const made: Edit[] = [];
  let draft = EMPTY;
  for (const one of edits) {
    try {
      draft = applyEdits(draft, [one]);
      made.push(one);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return { draft, made };
}

describe('edits of a draft', () => {
  test('all at once are the same as one after the other, and no draft names what it does not hold', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const { draft, made } = reached(edits);
        expect(plain(applyEdits(EMPTY, made))).toBe(plain(draft));
        const ids = new Set(draft.graph.nodes.map(({ id }) => id));
        expect(draft.graph.connections.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('the edits between any two drafts make one of the other, so that a whole graph is the same as edits', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), fc.array(edit, { maxLength: 30 }), (first, second) => {
        const [before, after] = [reached(first).draft, reached(second).draft];
        expect(plain(applyEdits(before, editsBetween(before, after)))).toBe(plain(after));
        expect(editsBetween(after, after)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('one that cannot be made leaves the draft as it is, and is pointed at', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 20 }), (edits) => {
        const before = plain(EMPTY);
        try {
          applyEdits(EMPTY, edits);
        } catch (error) {
          expect((error as Problem).slug).toBe('edit-invalid');
          expect((error as Problem).extras.errors![0]!.pointer).toMatch(/^\/ops\/\d+\//);
        }
        expect(plain(EMPTY)).toBe(before);
      }),
      { numRuns: 50 },
    );
  });

  test('the hash of what runs does not hang on layout, notes, pinned data, the order of nodes or the ids of connections', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), layout, (edits, at) => {
        const { graph, settings } = reached(edits).draft;
        const shown = {
          nodes: graph.nodes.toReversed().map((one) => ({ ...one, layout: at, notes: 'Look here', settings: { pinnedOutput: 1 } })),
          connections: graph.connections.map((one) => ({ ...one, id: newId() })),
        };
        expect(contentHash(shown, settings)).toBe(contentHash(graph, settings));
      }),
      { numRuns: 50 },
    );
  });
});
