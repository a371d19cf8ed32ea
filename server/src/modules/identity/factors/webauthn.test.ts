import { expect, test } from 'vitest';
import { createAuthenticator } from '#test/authenticator.ts';
import { asserted, creationOptions, registered, relyingParty, requestOptions } from './webauthn.ts';

const HOME = 'https://switchyard.example';
const party = relyingParty('Switchyard', HOME);
const person = { id: '018f0000-0000-7000-8000-000000000001', email: 'ann@acme.example', name: 'Ann' };

async function made(verify = true) {
  const device = createAuthenticator(HOME);
  const options = await creationOptions(party, person, []);
  const passkey = await registered(party, device.create(options, { verify }), options.challenge);
  return { device, passkey: passkey! };
}

test('a passkey that was made for us answers for us', async () => {
  const { device, passkey } = await made();
  expect(passkey).toMatchObject({ counter: 0, transports: ['internal'], backedUp: false });
  const options = await requestOptions(party, []);
  expect(options).toMatchObject({ rpId: 'switchyard.example', userVerification: 'required' });
  expect(await asserted(party, device.get(options), options.challenge, passkey)).toEqual({ counter: 1, userVerified: true, backedUp: false });
  const again = await requestOptions(party, [passkey]);
  expect(again).toMatchObject({ userVerification: 'preferred', allowCredentials: [{ id: passkey.credentialId }] });
  expect(await asserted(party, device.get(again, { verify: false }), again.challenge, passkey)).toMatchObject({ userVerified: false });
});

test.each([
  ['another page', { origin: 'https://switchyard.example.evil.test' }],
  ['the same host without TLS', { origin: 'http://switchyard.example' }],
  ['another port', { origin: 'https://switchyard.example:8443' }],
  ['another host', { rpId: 'evil.test' }],
  ['another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['a registration', { type: 'webauthn.create' }],
])('a signature for %s counts for nothing', async (_what, lies) => {
  const { device, passkey } = await made();
  const options = await requestOptions(party, []);
  expect(await asserted(party, device.get(options, lies), options.challenge, passkey)).toBeUndefined();
});

test.each([
  ['another page', { origin: 'https://evil.test' }],
  ['another host', { rpId: 'evil.test' }],
  ['another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
])('a passkey that was made for %s is not taken', async (_what, lies) => {
  const options = await creationOptions(party, person, []);
  expect(await registered(party, createAuthenticator(HOME).create(options, lies), options.challenge)).toBeUndefined();
});

test('the signature of another passkey, or none, is none', async () => {
  const { device } = await made();
  const { passkey } = await made();
  const options = await requestOptions(party, []);
  const answer = device.get(options);
  expect(await asserted(party, answer, options.challenge, passkey)).toBeUndefined();
  for (const broken of ['', 'AAAA', 'not base64!'])
    expect(
      await asserted(party, { ...answer, response: { ...answer.response, clientDataJSON: broken } }, options.challenge, passkey),
    ).toBeUndefined();
});

test('pages of tenants count below the base domain only, and only when that is our host', () => {
  const tenants = relyingParty('Switchyard', HOME, 'switchyard.example');
  for (const origin of [HOME, 'https://acme.switchyard.example']) expect(tenants.isOurs(origin), origin).toBe(true);
  for (const origin of ['https://acme.switchyard.example:444', 'http://acme.switchyard.example', 'https://xswitchyard.example', 'null', ''])
    expect(tenants.isOurs(origin), origin).toBe(false);
  expect(relyingParty('Switchyard', 'https://app.switchyard.example', 'switchyard.example').isOurs('https://acme.switchyard.example')).toBe(false);
  expect(party.isOurs('https://acme.switchyard.example')).toBe(false);
});
