import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerLine, openLines, readReport, signOff, writeReport, type Line } from '../lib/staging-report.mjs';
import { readConfig } from '../staging/config.ts';
import { createLines, NeedsPerson, withoutSecrets } from '../staging/lines.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'switchyard-staging-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the configuration', () => {
  const read = (text: string, env: NodeJS.ProcessEnv = {}) => {
    const file = join(folder, 'staging.yaml');
    writeFileSync(file, text);
    return readConfig(file, env);
  };
  const SMALLEST = 'url: https://staging.example/\napiKey: env:STAGING_KEY\nasn: 64511\n';

  test('takes secrets from the environment, and tells which values nobody may tell', () => {
    const { config, secrets, host } = read(`${SMALLEST}zerotier: { token: of-the-file, network: "00c001" }\n`, { STAGING_KEY: 'of-the-environment' });
    expect(config).toMatchObject({ url: 'https://staging.example', apiKey: 'of-the-environment', asn: 64_511, routeServers: [] });
    expect({ secrets, host }).toEqual({ secrets: ['of-the-environment', 'of-the-file'], host: 'staging.example' });
  });

  test.each([
    ['a secret that the environment does not have', SMALLEST, {}, 'has no STAGING_KEY'],
    ['an installation that is reached in the clear', SMALLEST.replace('https', 'http'), { STAGING_KEY: 'k' }, 'is not reached by TLS'],
    ['a route server that others use', `${SMALLEST}routeServers: [{ handle: rs1-fra, host: h }]`, { STAGING_KEY: 'k' }, 'routeServers.0.handle: begins with staging-'],
    ['an entry that means nothing', `${SMALLEST}zerotir: {}`, { STAGING_KEY: 'k' }, 'zerotir'],
    ['a network that YAML reads as a number', `${SMALLEST}zerotier: { token: t, network: 100001 }`, { STAGING_KEY: 'k' }, 'zerotier.network'],
  ])('refuses %s', (_what, text, env, words) => {
    expect(() => read(text, env)).toThrow(words);
  }); // prettier-ignore

  test('can be that of the guide', () => {
    const [, example = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(readFileSync(new URL('../../docs/guides/staging.md', import.meta.url), 'utf8')) ?? [];
    const env = Object.fromEntries([...example.matchAll(/env:(\w+)/g)].map(([, name]) => [name, `value of ${name}`]));
    const { config, secrets } = read(example, env);
    expect(config).toMatchObject({ routeServers: [{ handle: 'staging-rs1' }, { handle: 'staging-rs2' }], restart: { seconds: 120, perSecond: 5 } });
    expect(secrets).toHaveLength(5);
  });

  test('quotes nothing of a file that is no YAML', () => {
    expect(() => read('apiKey: "sy_of_somebody\n  : [')).toThrow(/^(?!.*sy_of_somebody).*cannot be read/s);
  });
});

describe('lines', () => {
  const tried = (signal = new AbortController().signal) => {
    const printed: string[] = [];
    return { printed, lines: createLines(signal, withoutSecrets(['hunter2', 'hunter22']), (text) => void printed.push(text)) };
  };

  test('one that builds on a line which did not pass is not tried, and no secret is told', async () => {
    const { lines, printed } = tried();
    const first = await lines.line('first', async () => {
      throw new Error('hunter22 is wrong');
    });
    await lines.line('second', async () => 'never', [first]);
    await lines.line('third', () => new NeedsPerson('look at hunter2'));
    expect(lines.all.map(({ number, result }) => [number, result])).toEqual([[1, 'failed'], [2, 'skipped'], [3, 'person']]); // prettier-ignore
    expect(lines.all.map(({ did, error }) => error ?? did)).toEqual(['[secret] is wrong', 'line 1 did not pass', 'look at [secret]']);
    expect(printed.join('')).not.toContain('hunter2');
  });

  test('once it is stopped nothing is tried but what takes away', async () => {
    const stop = new AbortController();
    const { lines } = tried(stop.signal);
    stop.abort();
    await lines.line('next', async () => 'never');
    await lines.atLast('last', async () => 'taken away');
    expect(lines.all.map(({ result }) => result)).toEqual(['skipped', 'passed']);
  });
});

describe('the report', () => {
  const LINES: Line[] = [
    { number: 1, name: 'A program saw it', result: 'passed', did: 'a | b', seconds: 0.1 },
    { number: 2, name: 'Somebody has to look', result: 'person', did: 'look', seconds: 0 },
  ];
  const write = (lines: Line[] = LINES): string => {
    const file = join(folder, 'report.json');
    writeReport(file, { type: 'switchyard-staging-report', installation: 'staging.example', version: '0.1.0', commit: 'c0ffee', isClean: true, startedAt: 'then', endedAt: 'now', lines, signedOff: null });
    return file;
  }; // prettier-ignore

  test('is signed off only once every line passed; people answer for their lines alone, with name and note', () => {
    const file = write();
    expect(() => signOff(file, { as: 'Sam' })).toThrow('line 2, "Somebody has to look": needs a person');
    expect(() => answerLine(file, { as: 'Sam', line: 1, result: 'failed', note: null })).toThrow('was judged by the program: passed');
    expect(() => answerLine(file, { as: 'Sam', line: 3, result: 'passed', note: null })).toThrow('no line 3');
    expect(() => answerLine(file, { as: 'Sam', line: 2, result: 'good', note: null })).toThrow('cannot end as "good"');
    expect(() => answerLine(file, { as: ' ', line: 2, result: 'passed', note: null })).toThrow('Nobody is named');
    answerLine(file, { as: 'Sam', line: 2, result: 'failed', note: 'in the spam' });
    expect(() => signOff(file, { as: 'Sam' })).toThrow('FAILED');
    answerLine(file, { as: 'Sam', line: 2, result: 'passed', note: 'arrived' });
    const signed = signOff(file, { as: 'Rita' });
    expect(readReport(file)).toEqual(signed);
    expect([openLines(signed), signed.signedOff?.name, signed.lines[1]!.by]).toMatchObject([[], 'Rita', { name: 'Sam', note: 'arrived' }]);
    const text = readFileSync(file.replace('.json', '.md'), 'utf8');
    for (const said of ['a \\| b', 'Sam', 'arrived', 'Rita', signed.sha256]) expect(text).toContain(said);
    // Whoever changes an answer afterwards takes the signature away with it.
    expect(answerLine(file, { as: 'Sam', line: 2, result: 'failed', note: null }).signedOff).toBeNull();
  });

  test('one that was edited is refused, whichever of its files it was', () => {
    const file = write();
    const [json, markdown] = [file, file.replace('.json', '.md')].map((name) => [name, readFileSync(name, 'utf8')] as const);
    writeFileSync(file, json![1].replace('"person"', '"passed"'));
    expect(() => readReport(file)).toThrow('its hash is not that of what it says');
    expect(() => signOff(file, { as: 'Sam' })).toThrow('its hash is not that of what it says');
    writeFileSync(...json!);
    writeFileSync(markdown![0], markdown![1].replace('needs a person', 'passed'));
    expect(() => readReport(file)).toThrow('does not say what');
    writeFileSync(...markdown!);
    expect(readReport(file).installation).toBe('staging.example');
    writeFileSync(file, '{}');
    expect(() => readReport(file)).toThrow('is not the report of a staging test');
  });
});
