import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCli, type Cli } from './cli.ts';
import { toy, TOKENS, type Toy } from './toy.ts';

let world: Toy;
let cli: Cli;
let url: string;
beforeAll(async () => {
  world = await toy();
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
  cli = await createCli(url);
});
afterAll(async () => {
  cli.close();
  await world.app.close();
});

const alice = { SWITCHYARD_API_KEY: TOKENS.alice };
const as = (token: string) => ({ env: { SWITCHYARD_API_KEY: token } });
const run = (args: string, options: object = {}) => cli.run(args.split(' ').filter(Boolean), { env: alice, ...options });

describe('operations', () => {
  test('are commands with their fields as flags', async () => {
    const made = await cli.run(
      ['lamps', 'create', '--name', 'hall', '--watts', '12', '--labels', 'team=web', '--labels', 'floor=2', '--comment', 'dark – there', '--json'],
      { env: alice },
    );
    expect(made.code).toBe(0);
    expect(made.json()).toMatchObject({ name: 'hall', watts: 12, labels: { team: 'web', floor: '2' } });
    expect(world.audit.at(-1)).toMatchObject({ surface: 'cli', operation: 'lamps.create', comment: 'dark – there' });
  });

  test('take input from a file, from standard input, and value by value', async () => {
    const file = join(cli.folder, 'lamp.json');
    writeFileSync(file, '{"name":"file","labels":{"a":"1"}}');
    expect((await run(`lamps create --input ${file} --set labels.b=two --name flag --json`)).json()).toMatchObject({
      name: 'flag',
      labels: { a: '1', b: 'two' },
    });
    expect((await run('lamps create --input - --json', { stdin: '{"name":"piped"}' })).json()).toMatchObject({ name: 'piped' });
    writeFileSync(file, 'from a text file');
    expect((await run(`lamps create --set-file name=${file} --json`)).json()).toMatchObject({ name: 'from a text file' });
  });

  test('lists are tables, things are lines, and both are JSON on demand', async () => {
    const list = await run('lamps list --no-on');
    expect(list.out).toMatch(/^NAME +WATTS +ON +LABELS +VERSION +ID\n/);
    expect(list.out).toContain('hall');
    const [{ id }] = (await run('lamps list --json')).json()['items'] as [{ id: string }];
    expect((await run(`lamps get ${id}`)).out).toMatch(/^id +[0-9a-f-]{36}\nname +hall\n/);
    expect((await run(`lamps get --id ${id} --json`)).json()).toMatchObject({ id });
  });

  test('a dry run shows the plan', async () => {
    const planned = await run('lamps create --name never --dry-run');
    expect(planned.out).toBe('a lamp never\n  + lamp never\nRisk      write\nApproval  none needed\n');
    expect((await run('lamps burn x --dry-run')).out).toContain('Data loss the lamp');
  });

  test('a Change that waits for approval is exit code 3', async () => {
    const waiting = await run('lamps burn x');
    expect([waiting.code, waiting.out]).toEqual([3, 'CHG-7 lamps.burn: awaiting approval\n']);
    expect(waiting.err).toContain('switchyard changes approve CHG-7');
  });

  test('--wait follows the Change live to its end', async () => {
    const running = run('lamps burn x --wait');
    setTimeout(() => {
      world.news.push({ event: 'step', data: { status: 'done', title: 'Strike a match' } });
      world.news.push({ event: 'progress', data: { progress: 50, message: 'half' } });
      world.changeState.state = 'failed';
      world.news.push({ event: 'state', data: { state: 'failed' } });
    }, 50);
    const { code, out, err } = await running;
    world.changeState.state = 'awaiting_approval';
    expect([code, out]).toEqual([4, 'CHG-7 lamps.burn: failed\n']);
    expect(err).toBe('CHG-7 lamps.burn\n  ✓ Strike a match\n    50 %  half\nfailed\n');
  });

  test('--timeout ends the wait, not the Change', async () => {
    const waited = await run('changes watch CHG-7 --timeout 0s');
    expect([waited.code, waited.out]).toEqual([3, 'CHG-7 lamps.burn: awaiting approval\n']);
  });

  test('a file goes to standard output or where --output says', async () => {
    expect((await run('lamps export')).out).toBe('id,name\n');
    const file = join(cli.folder, 'lamps.csv');
    expect((await run(`lamps export --output ${file}`)).out).toBe('');
    expect(readFileSync(file, 'utf8')).toBe('id,name\n');
  });
});

describe('what goes wrong', () => {
  test('a refusal is exit code 1, told in words or as the problem itself', async () => {
    const refused = await cli.run(['lamps', 'create', '--name', 'x'], as(TOKENS.reader));
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toMatch(
      /^✗ Permission denied \(permission-denied, 403\)\n {2}You lack lamps:create\.\n {2}decision [0-9a-f-]{36}, request [0-9a-f-]{36}\n$/,
    );
    const json = await cli.run(['lamps', 'create', '--name', 'x', '--json'], as(TOKENS.reader));
    expect(JSON.parse(json.err)).toMatchObject({ status: 403, type: 'https://switchyard.dev/problems/permission-denied' });
  });

  test('fields that are wrong are pointed at', async () => {
    const bad = await cli.run(['lamps', 'create', '--name', '', '--watts', 'forty'], { env: alice });
    expect([bad.code, bad.err.match(/^ {2}\/\w+/gm)]).toEqual([1, ['  /name', '  /watts']]);
  });

  test.each([
    ['lamps explode', 'there is no command "lamps explode"'],
    ['lamps create --colour red', "Unknown option '--colour'"],
    ['lamps get', '<id> is missing'],
    ['lamps get a b', '"b" is one argument too many'],
    ['lamps create --name a --name b', '--name is given more than once'],
    ['lamps create --labels nonsense', '--labels takes name=value or a JSON object'],
    ['lamps create --labels {', '--labels is not valid JSON'],
    ['lamps create --set name', '--set takes path=value'],
    ['lamps create --set __proto__.x=1', 'is not a path'],
    ['lamps create --input /nowhere.json', 'cannot be read (ENOENT)'],
    ['lamps burn x --wait --timeout soon', '--timeout takes a time'],
    ['context use nobody', 'there is no context "nobody"'],
    ['completion csh', 'bash, zsh or fish'],
  ])('%s is wrong usage', async (args, message) => {
    const wrong = await run(args);
    expect(wrong.err).toContain(message);
    expect([wrong.code, wrong.out]).toEqual([2, '']);
  });

  test('no answer is exit code 5', async () => {
    const gone = createServer();
    await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((done) => gone.close(done));
    const silent = await cli.run(['whoami', '--url', address], { env: alice });
    expect([silent.code, silent.err]).toEqual([5, expect.stringContaining(`${address} does not answer (ECONNREFUSED)`)]);
    // The commands are then those of the document that came along, and it has no lamps.
    expect((await cli.run(['lamps', 'list', '--url', address], { env: alice })).code).toBe(2);
    expect((await cli.run(['changes', 'list', '--url', address], { env: alice })).code).toBe(5);
  });

  test('a saved token is never sent to another address', async () => {
    writeFileSync(
      join(cli.folder, 'contexts.json'),
      JSON.stringify({ current: 'default', contexts: { default: { url: 'https://elsewhere.example', token: TOKENS.alice } } }),
    );
    expect((await cli.run(['lamps', 'list'])).err).toContain('(unauthenticated, 401)');
    writeFileSync(join(cli.folder, 'contexts.json'), JSON.stringify({ current: 'default', contexts: { default: { url, token: TOKENS.alice } } }));
    expect((await cli.run(['lamps', 'list'])).code).toBe(0);
    expect((await run('context list')).out).toContain(url);
    expect((await run('context remove default')).code).toBe(0);
    expect((await cli.run(['lamps', 'list'])).code).toBe(1);
    expect(statSync(join(cli.folder, 'contexts.json')).mode & 0o777).toBe(0o600);
  });

  test('doctor looks at the connection when an address is named', async () => {
    const good = await run(`doctor --url ${url}`);
    expect(good.out).toBe(
      `✓ ${url} answers: ready\n✗ the sign-in is not good: Nothing is served at GET /api/v1/me. The reference is at /docs.\n  Run switchyard login again.\n`,
    );
    const bad = await run('doctor --url http://127.0.0.1:1');
    expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('does not answer')]);
  });

  test('a broken store is named, not overwritten', async () => {
    const file = join(cli.folder, 'contexts.json');
    writeFileSync(file, '{');
    expect(await run('context list')).toMatchObject({ code: 2, err: expect.stringContaining('contexts.json is not readable') });
    expect(readFileSync(file, 'utf8')).toBe('{');
    writeFileSync(file, '{}');
  });
});

describe('help', () => {
  test('is there for everything, some words, and one command', async () => {
    const all = await run('--help');
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/lamps +break, burn, count, create, export, get, list, update\n/);
    expect((await run('lamps --help')).out).toMatch(/ {2}create +Create a lamp\n/);
    const one = await run('lamps create --help');
    expect(one.out).toMatch(/Usage {2}switchyard lamps create \[flags\]/);
    expect(one.out).toMatch(/--name <string> +required: Shown in the list\n/);
    expect(one.out).toMatch(/--watts <integer> +\(default 40\)\n/);
    expect(one.out).toContain('--dry-run');
  });

  test('shells complete words, flags and choices', async () => {
    const complete = async (...words: string[]) => (await cli.run(['__complete', ...words])).out.trim().split('\n').map((line) => line.split('\t')[0]); // prettier-ignore
    expect(await complete('la')).toEqual(['lamps']);
    expect(await complete('lamps', 'c')).toEqual(['count', 'create']);
    expect(await complete('lamps', 'create', '--w')).toEqual(['--watts', '--wait']);
    expect(await complete('lamps', 'export', '--format', '')).toEqual(['csv', 'json']);
    for (const shell of ['bash', 'zsh', 'fish']) expect((await run(`completion ${shell}`)).out).toContain('switchyard __complete');
  });
});
