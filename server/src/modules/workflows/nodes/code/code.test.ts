import { afterAll, expect, test } from 'vitest';
import { errorOf, outputOf, tryNode } from '../testing.ts';
import { closeScripts, code } from './index.ts';

afterAll(closeScripts);

const INPUT = { a: 1, b: 2, items: [1, 2, 3] };
const run = (script: string, more: object = {}, secrets: Record<string, string> = {}) =>
  tryNode(code, { code: script, ...more }, { input: INPUT, secrets });
const gives = async (script: string, more: object = {}) => outputOf((await run(script, more)).result).output;

test('workflows 42: async code gives its value, and a repeat gives the same', async () => {
  const script = `export default async ({ input }, ctx) => { const doubled = await Promise.all(input.items.map(async (one) => one * 2)); return { doubled, at: new Date(), now: ctx.now(), id: ctx.uuid(), draws: [Math.random(), ctx.random()] }; }`;
  const first = await gives(script);
  expect(first).toMatchObject({ doubled: [2, 4, 6], at: '2026-01-02T03:04:05.000Z', now: '2026-01-02T03:04:05.000Z' });
  expect(await gives(script)).toEqual(first);
});

test('workflows 42: a thrown error tells its line', async () => {
  const error = await errorOf(run('export default () => {\n  const here = 1;\n  throw new TypeError("not so");\n};'));
  expect(error).toMatchObject({ type: 'code-threw', message: 'TypeError: not so (line 3)' });
  const long = await errorOf(run('export default () => { throw new Error("x".repeat(1e6)); };'));
  expect(long.message.length).toBeLessThan(5_000);
});

test('workflows 42: an infinite loop is stopped, and the next script runs', async () => {
  expect(await errorOf(run('export default () => { for (;;); }', { timeoutSeconds: 1 }))).toMatchObject({ type: 'code-timeout', class: 'timeout' });
  expect(await gives('export default ({ input }) => input.a + input.b')).toBe(3);
});

test('what is under way when the process stops is told so, and the next script has new threads', async () => {
  const running = run('export default () => { for (;;); }', { timeoutSeconds: 20 }).then(() => undefined, (error: unknown) => error as Error); // prettier-ignore
  await closeScripts();
  expect((await running)?.message).toContain('the process stops');
  expect(await gives('export default () => 2')).toBe(2);
});

test('workflows 42: a memory bomb is stopped', async () => {
  const error = await errorOf(
    run('export default () => { const all = []; for (;;) all.push(new Array(100000).fill(1)); }', { memoryMiB: 16, timeoutSeconds: 10 }),
  );
  expect(error).toMatchObject({ type: 'code-memory', class: 'limit' });
});

test('workflows 42: 1000 log lines are kept, and a line says that there were more', async () => {
  const { logs } = await run('export default () => { for (let i = 0; i < 1500; i++) console.log("line", i, { i }); }');
  expect(logs).toHaveLength(1_001);
  expect([logs[0], logs[999], logs[1_000]]).toEqual([
    { level: 'info', message: 'line 0 {"i":0}' },
    { level: 'info', message: 'line 999 {"i":999}' },
    { level: 'warn', message: 'Only the first 1000 lines are kept' },
  ]);
});

test.each([
  ['a value that is no JSON is null', 'export default () => undefined', null],
  ['URL, base64, UTF-8 and clones are there', 'export default () => { const url = new URL("https://u@a.example:8443/p?x=1"); url.searchParams.set("y", "2"); return [url.href, atob(btoa("xyz")), new TextDecoder().decode(new TextEncoder().encode("hé€😀")), structuredClone({ a: [new Date(0)] })]; }', ['https://u@a.example:8443/p?x=1&y=2', 'xyz', 'hé€😀', { a: ['1970-01-01T00:00:00.000Z'] }]],
  ['digests are there', 'export default (i, { crypto }) => [crypto.hash("abc").slice(0, 8), crypto.hmac("what do ya want for nothing?", "Jefe").slice(0, 8)]', ['ba7816bf', '5bdcc146']],
  ['a secret input has its value', 'export default ({ key }) => key.length', 6],
])('%s', async (_what, script, expected) => {
  const { result } = await run(script, { secrets: { key: 'secret://KEY' } }, { KEY: '123456' });
  expect(outputOf(result).output).toEqual(expected);
}); // prettier-ignore

test('an output that is too large, or does not fit its schema, is code-output-invalid', async () => {
  expect(await errorOf(run('export default () => "x".repeat(2000000)'))).toMatchObject({ type: 'code-output-invalid' });
  expect(await errorOf(run('export default () => 5', { outputSchema: { type: 'string' } }))).toMatchObject({ type: 'code-output-invalid', message: 'the output does not fit: it must be string, is integer'.replace('integer', 'number') }); // prettier-ignore
});

/** Each tries to find something that is not its own; what it gives says how far it came. */
const HOSTILE: [what: string, script: string][] = [
  ['process', 'typeof process'],
  ['require', 'typeof require'],
  ['fetch', 'typeof fetch'],
  ['XMLHttpRequest', 'typeof XMLHttpRequest'],
  ['WebSocket', 'typeof WebSocket'],
  ['setTimeout', 'typeof setTimeout'],
  ['Buffer', 'typeof Buffer'],
  ['global', 'typeof global'],
  ['Deno', 'typeof Deno'],
  ['the host function', 'typeof host'],
  ['WebAssembly', 'typeof WebAssembly'],
  ['Worker', 'typeof Worker'],
  ['std', 'typeof std'],
  ['os', 'typeof os'],
  ['scriptArgs', 'typeof scriptArgs'],
  ['a clock', 'typeof performance'],
  ['shared memory', 'typeof SharedArrayBuffer'],
  ['weak references', 'typeof WeakRef'],
  ['a global of another run', '(globalThis.left ??= 0, globalThis.left === 0 ? "undefined" : globalThis.left)'],
  ['a prototype of another run', '(Object.prototype.left ? "found" : (Object.prototype.left = 1, "undefined"))'],
];
const THROWING: [what: string, script: string][] = [
  ['eval', 'eval("1")'],
  ['Function', 'new Function("return 1")()'],
  ['Function by a prototype', '(() => 1).constructor("return 1")()'],
  ['a generator by a prototype', '(function* () {}).constructor("yield 1")()'],
  ['an async function by a prototype', '(async () => 1).constructor("return 1")()'],
  ['an async generator by a prototype', '(async function* () {}).constructor("yield 1")()'],
  ['indirect eval', '(0, eval)("1")'],
  ['files by import', 'await import("node:fs")'],
  ['the process by import', 'await import("node:process")'],
  ['a module of the engine', 'await import("std")'],
  ['a URL by import', 'await import("data:text/javascript,export default 1")'],
  ['a path by import', 'await import("/etc/passwd")'],
  ['depth without end', '(function dig() { return dig() + 1; })()'],
  ['a host function by its own arguments', 'ctx.crypto.hash("x", { toString() { return "__proto__"; } })'],
  ['an unknown digest', 'ctx.crypto.hash("x", "constructor")'],
  ['a getter that throws', 'JSON.parse(JSON.stringify({ get a() { throw new Error("x"); } }))'],
  ['a proxy as result', 'new Proxy({}, { ownKeys() { throw new Error("x"); } })'],
  ['a circle as result', '(() => { const a = {}; a.a = a; return a; })()'],
  ['a big number as result', '10n ** 30n'],
  ['a thenable without end', '({ then() {} })'],
];

test('workflows 43: the suite has 40 hostile scripts', () => {
  expect(HOSTILE.length + THROWING.length).toBe(40);
});

test.each(HOSTILE)('workflows 43: Code cannot reach %s', async (_what, script) => {
  expect(await gives(`export default async (inputs, ctx) => ${script};`)).toBe('undefined');
  // The second run must not find what the first left.
  expect(await gives(`export default async (inputs, ctx) => ${script};`)).toBe('undefined');
});

test.each(THROWING)('workflows 43: Code ends with an error of its own: %s', async (_what, script) => {
  expect((await errorOf(run(`export default async (inputs, ctx) => ${script};`, { timeoutSeconds: 2 }))).type).toBe('code-threw');
});

test('workflows 43: what a script does to prototypes, JSON and the real clock changes nothing of ours', async () => {
  const script = `export default () => {
    const real = Object.getPrototypeOf(Date).now ?? Date.now;
    JSON.stringify = () => "gotcha"; JSON.parse = () => ({ gotcha: true });
    Array.prototype.map = () => "gotcha"; Object.prototype.toJSON = undefined;
    return [real.call(Date), new Date(0).constructor.now(), Reflect.construct(Date, []).getTime()];
  }`;
  const at = Date.parse('2026-01-02T03:04:05Z');
  expect(await gives(script)).toEqual([at, at, at]);
  expect(JSON.stringify([1].map((one) => one))).toBe('[1]');
});

test('invalid configurations are told: no script, an input by the name of a secret, a schema that cannot be read', () => {
  expect(code.config.safeParse({}).success).toBe(false);
  expect(code.check!({ code: 'x', inputs: { a: '1' }, secrets: { a: 'secret://A' } })[0]).toMatchObject({ pointer: '/secrets/a' });
  expect(code.check!({ code: 'x', outputSchema: { pattern: '(' } })[0]).toMatchObject({ pointer: '/outputSchema' });
});
