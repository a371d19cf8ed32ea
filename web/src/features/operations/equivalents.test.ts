import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { callFor } from './call.ts';
import { cliFor, curlFor, shellWord } from './equivalents.ts';

const create = { name: 'servers.create', command: ['servers', 'create'], method: 'POST', path: '/api/v1/servers' } as const;
const get = { name: 'servers.get', command: ['servers', 'get'], method: 'GET', path: '/api/v1/servers/{id}' } as const;

test('path parameters leave the input, the rest goes into the body or the query', () => {
  expect(callFor({ method: 'PATCH', path: '/api/v1/servers/{id}' }, { id: 'a/b', name: 'x' })).toEqual({
    method: 'PATCH',
    path: '/servers/a%2Fb',
    body: { name: 'x' },
  });
  expect(callFor(get, { id: '7', full: true })).toEqual({ method: 'GET', path: '/servers/7', query: { full: true } });
});

test('the command names every field as an option', () => {
  expect(cliFor(create, { name: 'web-1', dryWall: false, labels: { a: 'b' }, ports: [80, 443] })).toBe(
    `switchyard servers create --name web-1 --no-dry-wall --labels '{"a":"b"}' --ports 80 --ports 443`,
  );
});

test('the request carries key, comment and body', () => {
  const text = curlFor(create, { name: "it's" }, 'https://sy.example', { comment: 'for Ünal' });
  expect(text).toContain('curl -X POST https://sy.example/api/v1/servers');
  expect(text).toContain('X-Switchyard-Comment: for%20%C3%9Cnal');
  expect(text).toContain(`'{"name":"it'\\''s"}'`);
});

test('whatever a value contains, a shell reads it back as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0')),
      (text) => void expect(execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(text)}`]).toString()).toBe(text),
    ),
    { numRuns: 25 },
  );
});
