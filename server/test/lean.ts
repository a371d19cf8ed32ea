/**
 * The environment of a process that a test starts: nothing of the test's own, but what Node has already made of our sources, with
 * which it starts in half the time. `bundle.ts` fills that; a process that is killed would leave nothing for the next.
 */
export const LEAN = {
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  // As `npm start` has it.
  NODE_OPTIONS: '--max-semi-space-size=32',
};
