import type { Clock } from '#kernel/clock.ts';
import type { Live } from '#kernel/live.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { createActive } from './active.ts';
import { BUILT_IN } from './built-in.ts';
import { withVersion, type ActiveSet, type Bundle } from './bundle.ts';
import { createDocuments } from './documents.ts';
import { createEvaluator, type Catalogue, type CompiledSet } from './engine/index.ts';
import type { Counters, Policies, Surroundings } from './providers/port.ts';

export interface RuntimeOptions {
  /** Operations with the JSON Schema of their input, asked for once. */
  catalogue: () => Catalogue;
  operation: (name: string) => AnyOperation | undefined;
  /** Documents of the installation, by the name of their file. */
  platform: readonly { file: string; document: string }[];
  surroundings: Surroundings;
  counters: Counters;
  live: Live;
  now: Clock;
  onError: (error: Error) => void;
  /** Told of each evaluation: seconds it took, and how many rules failed. */
  observe?: ((seconds: number, errors: number) => void) | undefined;
}

const compiledOf = ({ platform, sets }: Bundle): CompiledSet[] => [...platform, ...sets].map(({ compiled }) => compiled);

/** The engine with its store: what is in force, for whom, and what it says. */
export function createPolicies({ catalogue, platform, surroundings, counters, live, now, onError, observe, operation }: RuntimeOptions): Policies & {
  close: () => Promise<void>;
} {
  const documents = createDocuments(catalogue);
  let ofPlatform: readonly ActiveSet[] | undefined;
  const platformSets = (): readonly ActiveSet[] =>
    (ofPlatform ??= [{ file: 'built-in', document: BUILT_IN }, ...platform].map(({ document }) => {
      const read = documents.read(document, { version: '1', layer: 'platform' });
      return { id: null, name: read.set.name, version: '1', ...read };
    }));
  const active = createActive({ documents, platform: platformSets, live, now, onError });
  const evaluator = createEvaluator();
  const lists = new WeakMap<Bundle, CompiledSet[]>();
  const listOf = (bundle: Bundle): CompiledSet[] => {
    let found = lists.get(bundle);
    if (!found) lists.set(bundle, (found = compiledOf(bundle)));
    return found;
  };
  return {
    read: (text, version, team = null) => documents.read(text, { version, ...(team === null ? { layer: 'tenant' } : { layer: 'team', team }) }),
    lint: documents.lint,
    test: documents.test,
    bundle: active.of,
    withVersion,
    async evaluate(bundle, facts, phase, options) {
      const from = performance.now();
      const ruling = await evaluator.evaluate(listOf(bundle), facts, phase, options);
      observe?.((performance.now() - from) / 1000, ruling.errors.length);
      return ruling;
    },
    surroundings,
    counters,
    operation,
    changing: active.changing,
    changed: active.changed,
    close: () => evaluator.close(),
  };
}
