import { codeOf, stopping } from './children.mjs';

/** Why a script cannot go on: one line, and what to do. Printed without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {string} remedy
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'Refusal';
    this.remedy = remedy;
  }
}

/**
 * Runs a script's main function: a Refusal is printed as it is, anything else with its stack.
 * @param {() => Promise<number>} main answers the exit code
 */
export async function script(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const signal = stopping();
    process.exitCode = signal ? codeOf(signal) : 1;
    if (signal && error instanceof Refusal) return;
    if (error instanceof Refusal) process.stderr.write(`\n${error.message}\n${error.remedy}\n`);
    else throw error;
  }
}
