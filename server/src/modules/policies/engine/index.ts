/** The door of the policy engine: pure, synchronous but for `createEvaluator`, and without any store. */
export { LIMITS } from './cel/limits.ts';
export { compileSet, type CompiledSet } from './compile.ts';
export { parseSet, type Parsed } from './document/parse.ts';
export { diffSets } from './diff.ts';
export { evaluate } from './evaluate.ts';
export { createEvaluator, type Evaluator, type EvaluatorOptions } from './evaluator.ts';
export { describeNeed, explain } from './explain.ts';
export { lint } from './lint.ts';
export { evaluateAllPhases, runTests } from './run-tests.ts';
export { testFacts } from './test-facts.ts';
export { inWords } from './in-words.ts';
export { LAYERS } from './types.ts';
export type * from './types.ts';
export type * from './facts.ts';
export type * from './ruling.ts';
