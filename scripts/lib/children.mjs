import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Ctrl-C reaches us twice when npm runs us: from the terminal and from npm. Two signals this close are one. */
const SAME_SIGNAL_MS = 500;

/** @type {Set<ChildProcess>} */
const running = new Set();
let firstSignalAt = 0;
/** @type {NodeJS.Signals | undefined} */
let stoppedBy;

/** The exit code of a process that a signal ended. @param {NodeJS.Signals} signal */
export const codeOf = (signal) => 128 + constants.signals[signal];

/** Were we asked to stop? */
export const stopping = () => stoppedBy;

/**
 * Starts a program in a session of its own, so that a signal reaches it through us, in order, and never twice.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  const forget = () => running.delete(child);
  child.once('exit', forget);
  child.once('error', forget);
  return child;
}

/**
 * The exit code of a child; 127 when it could not be started.
 * @param {ChildProcess} child
 * @returns {Promise<number>}
 */
export const ended = (child) =>
  new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code, signal) => resolve(signal ? codeOf(signal) : (code ?? 1)));
  });

/**
 * Runs to the end and answers what was printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function run(command, args, options = {}) {
  const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  const take = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  child.once('error', (error) => (output += error.message));
  return { code: await ended(child), output };
}

/** Passes a signal to everything we started. @param {NodeJS.Signals} signal */
export function tellAll(signal) {
  for (const { pid } of running) {
    try {
      if (pid) process.kill(-pid, signal);
    } catch {
      // It has just ended.
    }
  }
}

/**
 * From now on the first SIGINT, SIGTERM or SIGHUP is passed to everything we started, once; the second kills it at once.
 * `onFirst` is called at the first one. When npm, which runs us, is killed, that counts as SIGTERM: nobody could stop us any more.
 * @param {(signal: NodeJS.Signals) => void} [onFirst]
 */
export function obeySignals(onFirst) {
  const obey = (/** @type {NodeJS.Signals} */ signal) => {
    const now = Date.now();
    if (!stoppedBy) {
      stoppedBy = signal;
      firstSignalAt = now;
      onFirst?.(signal);
      // A closed terminal is a request to stop like any other; programs end at once on a SIGHUP.
      tellAll(signal === 'SIGHUP' ? 'SIGTERM' : signal);
      if (running.size === 0) process.exit(codeOf(signal));
    } else if (now - firstSignalAt > SAME_SIGNAL_MS) {
      tellAll('SIGKILL');
      const leave = () => process.exit(codeOf(signal));
      // Waits for their end, so that none of them is left to nobody.
      for (const child of running) child.once('exit', () => running.size === 0 && leave());
      setTimeout(leave, 2000);
    }
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, obey);
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent && !stoppedBy) obey('SIGTERM');
    }, 1000).unref();
  }
}
