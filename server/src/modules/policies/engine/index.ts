/** The door of the policy engine: pure, synchronous but for `createEvaluator`, and without any store. */
export type * from './types.ts';
export type * from './facts.ts';
export type * from './ruling.ts';
