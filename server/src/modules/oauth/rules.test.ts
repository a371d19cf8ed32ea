import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpointOf, isDocumentId, isRegistered, redirectFault, resourceOf, riskOf, scopesOf, shownName, verifierFits } from './rules.ts';

describe('scopes', () => {
  test.each([
    [undefined, 'read'],
    ['', 'read'],
    ['switchyard.read', 'read'],
    ['switchyard.read switchyard.write', 'write'],
    ['switchyard.high', 'high'],
    ['switchyard.high offline_access', 'high'],
    ['switchyard.admin', undefined],
    ['switchyard.read openid', undefined],
  ])('%s goes up to %s', (scope, risk) => expect(riskOf(scope)).toBe(risk));

  test('each implies the lower ones', () => {
    expect(scopesOf('write')).toEqual(['switchyard.read', 'switchyard.write']);
    for (const risk of ['read', 'write', 'high'] as const) expect(riskOf(scopesOf(risk).join(' '))).toBe(risk);
  });
});

describe('redirect URIs', () => {
  test.each(['https://agent.example/callback', 'http://127.0.0.1:3000/cb', 'http://localhost/cb', 'http://[::1]:9/cb', 'cursor://agent/callback', 'com.example.app:/oauth'])(
    '%s may be registered',
    (uri) => expect(redirectFault(uri)).toBeNull(),
  ); // prettier-ignore
  test.each(['http://agent.example/cb', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://agent.example/cb#x', 'https://a:b@agent.example/', 'nonsense', 'http://127.0.0.1.evil.example/cb'])(
    '%s may not',
    (uri) => expect(redirectFault(uri)).not.toBeNull(),
  ); // prettier-ignore

  test('a loopback address is free in its port and in nothing else', () => {
    const registered = ['http://127.0.0.1:1234/cb?x=1'];
    expect(isRegistered(registered, 'http://127.0.0.1:9/cb?x=1')).toBe(true);
    for (const other of ['http://localhost:9/cb?x=1', 'http://127.0.0.1:9/other?x=1', 'http://127.0.0.1:9/cb', 'https://127.0.0.1/cb?x=1'])
      expect(isRegistered(registered, other), other).toBe(false);
  });

  test('every other address has to be the same to the letter', () => {
    const registered = ['https://agent.example/cb'];
    for (const other of ['https://agent.example/cb/', 'https://agent.example:8443/cb', 'https://agent.example/cb?x', 'https://AGENT.example/cb', 'https://agent.example.evil/cb'])
      expect(isRegistered(registered, other), other).toBe(false); // prettier-ignore
  });

  test('what was registered by mistake is still not answered to', () =>
    expect(isRegistered(['javascript:alert(1)'], 'javascript:alert(1)')).toBe(false));
});

test('a verifier fits its own challenge and no other', () => {
  const verifier = fc.stringMatching(/^[\w.~-]{43,128}$/);
  fc.assert(
    fc.property(verifier, verifier, (one, other) => {
      const challenge = createHash('sha256').update(one).digest('base64url');
      expect(verifierFits(one, challenge)).toBe(true);
      if (one !== other) expect(verifierFits(other, challenge)).toBe(false);
    }),
  );
  expect(verifierFits('short', 'x'.repeat(43))).toBe(false);
});

test.each([
  ['https://agent.example/client.json', true],
  ['https://agent.example/', false],
  ['https://agent.example', false],
  ['http://agent.example/client.json', false],
  ['https://agent.example/a/../client.json', false],
  ['https://user@agent.example/client.json', false],
  ['https://agent.example/client.json#x', false],
  ['swc_abc', false],
])('%s as the address of a document: %s', (clientId, good) => expect(isDocumentId(clientId)).toBe(good));

test('names cannot turn the text around them or fill the page', () => {
  expect(shownName('Good\u202Eagent\n\u0000', 'x')).toBe('Good agent');
  expect(shownName('a'.repeat(500), 'x')).toHaveLength(60);
  expect(shownName(undefined, 'agent.example')).toBe('agent.example');
});

test('a resource is an endpoint of ours or nothing', () => {
  const publicUrl = 'https://sy.example';
  expect(resourceOf(publicUrl, endpointOf(publicUrl, 'acme'))).toEqual({ slug: 'acme' });
  expect(resourceOf(publicUrl, endpointOf(publicUrl, null))).toEqual({ slug: null });
  expect(resourceOf(publicUrl, undefined)).toEqual({ slug: null });
  for (const other of ['https://evil.example/mcp/acme', 'https://sy.example/mcp/acme/x', 'https://sy.example/', 'https://sy.example/mcp/acme?x=1', 'https://sy.example/api/v1', 'http://sy.example/mcp', 'x'])
    expect(resourceOf(publicUrl, other), other).toBeUndefined(); // prettier-ignore
});
