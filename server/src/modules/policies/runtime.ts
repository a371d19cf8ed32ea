import type { Clock } from '#kernel/clock.ts';
import { ConfigError } from '#kernel/config.ts';
import type { Live } from '#kernel/live.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { createActive } from './active.ts';
import { BUILT_IN } from './built-in.ts';
import { withVersion, type ActiveSet, type Bundle } from './bundle.ts';
import { createDocuments } from './documents.ts';
import { createEvaluator, type Catalogue, type CompiledSet, type Fault } from './engine/index.ts';
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

/** Line, column and words of what is wrong first. */
function firstFault(error: unknown): string {
  const [fault] = error instanceof Problem ? ((error.extras['faults'] ?? []) as Fault[]) : [];
  return fault ? `line ${fault.line}, column ${fault.column}: ${fault.message}` : (error as Error).message;
}

const compiledOf = ({ platform, sets }: Bundle): CompiledSet[] => [...platform, ...sets].map(({ compiled }) => compiled);

/** The engine with its store: what is in force, for whom, and what it says. */
export function createPolicies({ catalogue, platform, surroundings, counters, live, now, onError, observe, operation }: RuntimeOptions): Policies & {
  close: () => Promise<void>;
} {
  const documents = createDocuments(catalogue);
  const platformSets = [{ file: 'built-in', document: BUILT_IN }, ...platform].map(({ file, document }): ActiveSet => {
    try {
      const read = documents.read(document, { version: '1', layer: 'platform' });
      return { id: null, name: read.set.name, version: '1', ...read };
    } catch (error) {
      throw new ConfigError(`SWITCHYARD_POLICIES: ${file}: ${firstFault(error)}`, { cause: error });
    }
  });
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
    changing: (tenantId) => active.changing(tenantId),
    changed: () => active.changed(),
    close: () => evaluator.close(),
  };
}
