import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core';
import { createHost, type Line } from './host.ts';
import { PRELUDE } from './prelude.ts';

/** A script with all that it may know. */
export interface Script {
  code: string;
  /** JSON. */
  inputs: string;
  timeoutMs: number;
  memoryMiB: number;
  seed: string;
  /** Milliseconds since 1970. */
  now: number;
}
export type Ended =
  /** `output` is JSON. */
  | { lines: Line[]; output: string }
  | { lines: Line[]; fault: { type: 'code-threw' | 'code-timeout' | 'code-memory'; message: string; stack?: string } };

/** What the engine itself takes beside the memory of a script. */
const ENGINE_MIB = 16;
const PAGES_PER_MIB = 16;
const MIB = 1_048_576;
/** Enough for about a thousand calls in each other. */
const STACK_BYTES = 512 * 1_024;

/** The library for browsers declares it; what of it is used here. */
interface Wasm {
  compile: (bytes: Uint8Array) => Promise<object>;
  Memory: new (pages: { initial: number; maximum: number }) => object;
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: Wasm };
// Its types are those of the CommonJS form, which wraps it once more.
const quickjs = variant as unknown as QuickJSSyncVariant;

let compiled: Promise<object> | undefined;
const wasm = (): Promise<object> =>
  (compiled ??= readFile(fileURLToPath(import.meta.resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm'))).then((bytes) =>
    WebAssembly.compile(bytes),
  ));

/** An engine of its own for every run: what a script does to it goes with it. */
function engine(memoryMiB: number) {
  const wasmMemory = new WebAssembly.Memory({ initial: ENGINE_MIB * PAGES_PER_MIB, maximum: (ENGINE_MIB + memoryMiB) * PAGES_PER_MIB });
  return newQuickJSWASMModuleFromVariant(newVariant(quickjs, { wasmModule: wasm, wasmMemory }));
}

interface Thrown {
  name?: string;
  message?: string;
  stack?: string;
}

/** Lines of the script's own file, without ours. */
const ownStack = (stack: string | undefined): string | undefined => stack?.split('\n').filter((line) => line.includes('script.js')).join('\n').trim() || undefined; // prettier-ignore

const thrownOf = (thrown: unknown): Thrown & { message: string } =>
  typeof thrown === 'object' && thrown !== null ? { message: '', ...thrown, ...(thrown instanceof Error ? { name: thrown.name, message: thrown.message } : {}) } : { message: String(thrown) }; // prettier-ignore

/** Characters of what a script throws; it goes into the record. */
const MOST_SAID = 4_096;
const MEMORY = /out of memory|memory access out of bounds|Cannot enlarge memory|abort/i;

function faultOf(thrown: unknown, late: boolean): Extract<Ended, { fault: unknown }>['fault'] {
  const { name = 'Error', message, stack } = thrownOf(thrown);
  if (late && message.includes('interrupted')) return { type: 'code-timeout', message: 'the script did not end in time' };
  if (MEMORY.test(message) && (name === 'InternalError' || thrown instanceof Error)) return { type: 'code-memory', message: 'the script takes more memory than it may' };
  const own = ownStack(stack);
  const line = /script\.js:(\d+)/.exec(own ?? '')?.[1];
  return { type: 'code-threw', message: `${name}: ${message}`.slice(0, MOST_SAID) + (line === undefined ? '' : ` (line ${line})`), ...(own === undefined ? {} : { stack: own.slice(0, MOST_SAID) }) };
} // prettier-ignore

class Stopped extends Error {}

/** Runs what is due until the promise has settled; nothing else will ever wake it. */
function settled(context: QuickJSContext, promise: QuickJSHandle, isLate: () => boolean): string {
  for (;;) {
    const state = context.getPromiseState(promise);
    if (state.type === 'fulfilled') return state.value.consume((value) => context.getString(value));
    if (state.type === 'rejected') throw state.error.consume((error) => context.dump(error) as unknown);
    const ran = context.runtime.executePendingJobs();
    if (ran.error) throw ran.error.consume((error) => context.dump(error) as unknown);
    if (isLate()) throw new Stopped('interrupted');
    if (ran.value === 0 && context.getPromiseState(promise).type === 'pending') throw new Stopped('the script waits for something that never comes');
  }
}

function evaluate(context: QuickJSContext, script: Script, lines: Line[], isLate: () => boolean): string {
  const { seed, now, code, inputs } = script;
  const act = createHost(seed, lines);
  const host = context.newFunction('host', (name, args) => {
    try {
      return context.newString(act(context.getString(name), context.getString(args)));
    } catch (error) {
      return { error: context.newError({ name: 'RangeError', message: (error as Error).message }) };
    }
  });
  const facts = context.newObject();
  context.setProp(facts, 'now', context.newNumber(now));
  context.setProp(facts, 'seed', context.newNumber([...seed].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)!) | 0, 17)));
  const setUp = context.unwrapResult(context.evalCode(PRELUDE, 'prelude.js', { type: 'global' }));
  const start = context.unwrapResult(context.callFunction(setUp, context.undefined, host, facts));
  const made = context.unwrapResult(context.evalCode(code, 'script.js', { type: 'module' }));
  // With await at its top a module is a promise of itself.
  const exports =
    context.getPromiseState(made).type === 'pending' || context.getPromiseState(made).type === 'rejected' ? awaited(context, made, isLate) : made;
  const main = context.getProp(exports, 'default');
  const promise = context.unwrapResult(context.callFunction(start, context.undefined, main, context.newString(inputs)));
  return settled(context, promise, isLate);
}

function awaited(context: QuickJSContext, promise: QuickJSHandle, isLate: () => boolean): QuickJSHandle {
  for (;;) {
    const state = context.getPromiseState(promise);
    if (state.type === 'fulfilled') return state.value;
    if (state.type === 'rejected') throw state.error.consume((error) => context.dump(error) as unknown);
    const ran = context.runtime.executePendingJobs();
    if (ran.error) throw ran.error.consume((error) => context.dump(error) as unknown);
    if (isLate() || ran.value === 0) throw new Stopped(isLate() ? 'interrupted' : 'the script waits for something that never comes');
  }
}

/** Runs one script in a fresh engine. Never throws for what the script does. */
export async function runScript(script: Script): Promise<Ended> {
  const lines: Line[] = [];
  const deadline = performance.now() + script.timeoutMs;
  const isLate = (): boolean => performance.now() > deadline;
  try {
    const module = await engine(script.memoryMiB);
    const runtime = module.newRuntime();
    runtime.setMemoryLimit(script.memoryMiB * MIB);
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(isLate);
    // Nothing is disposed of: the whole engine is thrown away, and a script may have left it in any state.
    return { lines, output: evaluate(runtime.newContext(), script, lines, isLate) };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return { lines, fault: faultOf(cause, isLate()) };
  }
}
