import type { Source } from './sources.ts';

/** Chains of value imports that come back to where they began, each once. Types are gone when the code runs, so they do not count. */
export function importCycles(sources: readonly Source[]): string[] {
  const next = new Map(
    sources.map(({ path, imports }) => [path, imports.filter(({ typeOnly, target }) => !typeOnly && target).map(({ target }) => target!)]),
  );
  const state = new Map<string, 'open' | 'closed'>();
  const trail: string[] = [];
  const cycles: string[] = [];
  const visit = (path: string): void => {
    if (state.get(path) === 'closed') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    state.set(path, 'open');
    trail.push(path);
    for (const target of next.get(path) ?? []) if (next.has(target)) visit(target);
    trail.pop();
    state.set(path, 'closed');
  };
  for (const path of next.keys()) visit(path);
  return cycles;
}
