import { sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import {
  compileSet,
  lint,
  parseSet,
  runTests,
  type Catalogue,
  type CompiledSet,
  type CompileOptions,
  type Fault,
  type PolicySet,
} from './engine/index.ts';

/** A document that was read and compiled; `warnings` are faults that do not keep it from being used. */
export interface Readable {
  set: PolicySet;
  compiled: CompiledSet;
  warnings: Fault[];
}

/** Largest document in characters (governance.md 8.2: 256 KiB). */
export const MAX_DOCUMENT = 262_144;

export const hashOf = (document: string): string => sha256(document);

/** As an error of a form: the document is one field, so each fault points at it and names its place. */
const errorsOf = (faults: readonly Fault[]) =>
  faults.map(({ line, column, message }) => ({ pointer: '/document', message: `line ${line}, column ${column}: ${message}` }));

function invalid(faults: readonly Fault[]): Problem {
  const [first] = faults;
  const where = first ? `line ${first.line}, column ${first.column}: ${first.message}` : 'it cannot be read';
  return new Problem('policy-invalid', `The document has ${faults.length === 1 ? 'an error' : `${faults.length} errors`}; the first, ${where}`, {
    errors: errorsOf(faults),
    faults,
    ...(first ? { line: first.line, column: first.column } : {}),
  });
}

const isError = ({ severity }: Fault): boolean => severity === 'error';

/** Everything that is wrong with a document, and what came of it where nothing is. */
function tryRead(text: string, catalogue: Catalogue, options: CompileOptions): { readable?: Readable; faults: Fault[] } {
  const { set, faults } = parseSet(text);
  if (!set || faults.some(isError)) return { faults };
  const compiled = compileSet(set, catalogue, options);
  if (Array.isArray(compiled)) return { faults: [...faults, ...compiled] };
  return { readable: { set, compiled, warnings: faults }, faults };
}

/** Reads documents against the operations of the installation, each once. */
export function createDocuments(catalogue: () => Catalogue) {
  const known = new Map<string, Readable>();
  let entries: Catalogue | undefined;
  const open = (): Catalogue => (entries ??= catalogue());
  return {
    lint: (text: string) => lint(text, open()),
    test: (set: PolicySet) => runTests(set, open()),
    /** Throws `policy-invalid`. */
    read(text: string, options: CompileOptions): Readable {
      const key = `${options.layer} ${options.team ?? ''} ${options.version} ${hashOf(text)}`;
      const found = known.get(key);
      if (found) return found;
      const { readable, faults } = tryRead(text, open(), options);
      if (!readable) throw invalid(faults.filter(isError));
      if (known.size >= 500) known.clear();
      known.set(key, readable);
      return readable;
    },
  };
}
export type Documents = ReturnType<typeof createDocuments>;
