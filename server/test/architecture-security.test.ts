import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimsIn, committedSecrets, readTexts } from './architecture/committed.ts';
import { ROOT } from './architecture/sources.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the repository', () => {
  test('holds nobody’s secret', () => {
    const texts = readTexts();
    expect(texts.length).toBeGreaterThan(1_000);
    expect(texts.map(({ path }) => path)).toEqual(expect.arrayContaining(['.env.example', 'deploy/compose.yaml', 'deploy/Dockerfile', '.ci/run']));
    expect(committedSecrets(texts)).toEqual([]);
  });

  // Made here, since this file is looked through as well.
  test.each([
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${`${'MIIEvQIBADANBgkqhkiG9w0B'.repeat(2)}\n`.repeat(3)}`],
    ['a key of AWS', `key: AKIA${'Q2W3'.repeat(4)}`],
    ['a token of GitHub', `ghp_${'a1B2c3'.repeat(6)}`],
    ['a token of GitLab', `glpat-${'x1'.repeat(10)}`],
    ['a token of npm', `npm_${'a1B2c3'.repeat(6)}`],
    ['a token of Slack', `xoxb-123456789012-123456789012-${'aB1'.repeat(8)}`],
    ['a webhook of Slack', `https://hooks.slack.com/services/T01ABCDEF/B01ABCDEF/${'aB1'.repeat(8)}`],
    ['a key of Stripe', `sk_live_${'aB1'.repeat(8)}`],
    ['a key of Google', `AIza${'aB1-x'.repeat(7)}`],
    ['a key of Anthropic or OpenAI', `sk-ant-${'aB1-x'.repeat(9)}`],
    ['a master key', `SWITCHYARD_MASTER_KEY=${'aB1'.repeat(14)}x=`],
  ])('would be told of %s, with its line and without the value', (what, secret) => {
    const [fault, ...more] = committedSecrets([{ path: 'a.yaml', text: `one\ntwo ${secret}` }]);
    expect([fault, more]).toEqual([`a.yaml:2 has what looks like ${what}`, []]);
  });
});

describe('the security checklist', () => {
  const claims = claimsIn(read('docs/guides/security-checklist.md'));

  test('names a test for each of its lines, and each is there under that title', () => {
    expect(claims.length).toBeGreaterThan(30);
    const faults = claims.flatMap(({ line, proofs }) => {
      if (proofs.length === 0) return [`no test: ${line}`];
      return proofs.flatMap(({ path, title }) =>
        existsSync(join(ROOT, path)) && read(path).includes(title) ? [] : [`${path} has no test "${title}"`],
      );
    });
    expect(faults).toEqual([]);
  });

  test('is read as it is meant: a line without a test is found', () => {
    expect(claimsIn('| What | Test |\n| --- | --- |\n| Nothing leaks | trust us |\n| One | `server/a.test.ts` _never_ |')).toEqual([
      { line: '| Nothing leaks | trust us |', proofs: [] },
      { line: '| One | `server/a.test.ts` _never_ |', proofs: [{ path: 'server/a.test.ts', title: 'never' }] },
    ]);
  });
});
