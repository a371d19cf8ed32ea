import { isTest, withoutComments, type Source } from './sources.ts';

/** Problems that the server throws and no `problems.ts` defines: they would fail only when thrown. */
export function problemFaults(sources: readonly Source[]): string[] {
  const server = sources.filter(({ path }) => path.startsWith('server/src/') && !isTest(path));
  const defined = new Set(server.filter(({ path }) => /(^|[/-])problems\.ts$/.test(path)).flatMap(({ text }) => slugsIn(text)));
  return server.flatMap(({ path, text }) =>
    Array.from(withoutComments(text).matchAll(/new Problem\(\s*'([^']*)'/g), ([, slug]) => slug!)
      .filter((slug) => !defined.has(slug))
      .map((slug) => `${path} throws '${slug}', which no problems.ts defines`),
  );
}

/** The keys of the object that `defineProblems` is given. */
const slugsIn = (text: string): string[] =>
  Array.from(withoutComments(text).matchAll(/defineProblems\(\{([\s\S]*?)\n\}\)/g), ([, body]) => body!).flatMap((body) =>
    Array.from(body.matchAll(/^ {2}'?([a-z][a-z-]*)'?:\s*\{/gm), ([, slug]) => slug!),
  );

export const LONGEST = 300;

export const tooLong = (sources: readonly Source[]): string[] =>
  sources
    .map(({ path, text }) => [path, text.trimEnd().split('\n').length] as const)
    .filter(([, lines]) => lines > LONGEST)
    .map(([path, lines]) => `${path} has ${lines} lines, more than ${LONGEST}`);

/** A rule that is switched off without saying why: the reason follows ` -- ` or, for the compiler, the directive itself. */
export const unexplained = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const [directive, rest = ''] = /(?:\/\/|\/\*)\s*(?:oxlint|eslint)-disable(?:-next-line|-line)?(.*)/.exec(line) ?? [];
      return directive && !/ -- .{10}/.test(rest) ? [`${path}:${index + 1} switches a rule off without a reason`] : [];
    }),
  );
