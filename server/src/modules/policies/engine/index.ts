/** The door of the policy engine: pure, synchronous but for `createEvaluator`, and without any store. */
export { compileSet, type CompiledSet } from './compile.ts';
export { parseSet } from './document/parse.ts';
export { diffSets } from './diff.ts';
export { evaluate } from './evaluate.ts';
export { createEvaluator } from './evaluator.ts';
export { explain } from './explain.ts';
export { lint } from './lint.ts';
export { runTests } from './run-tests.ts';
export { testFacts } from './test-facts.ts';
export type * from './types.ts';
export type * from './facts.ts';
export type * from './ruling.ts';
