import { describe, expect, test } from 'vitest';
import { addressFault } from '#kernel/outbound.ts';
import { outgoingHosts } from './outgoing.ts';

describe('hosts that outgoing calls may reach', () => {
  test.each(['203.0.114.5', '8.8.8.8', '2a01:4f8::1'])('%s is public', (address) => expect(addressFault(address, false)).toBeNull());
  test.each(['127.0.0.1', '10.1.2.3', '192.168.0.1', '172.16.5.5', '::1', 'fd12::1', '::ffff:127.0.0.1', '100.64.0.1'])(
    '%s is reached in a laboratory only',
    (address) => {
      expect(addressFault(address, false)).not.toBeNull();
      expect(addressFault(address, true)).toBeNull();
    },
  );
  test.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fd00:ec2::254',
    '169.254.1.1',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    'no',
  ])('%s never', (address) => {
    expect(addressFault(address, true)).not.toBeNull();
  });
  test('a name is refused when any of its addresses is, and pinned to the first otherwise', async () => {
    const hosts = (addresses: string[]) => outgoingHosts({ allowPrivate: false, look: async () => addresses });
    await expect(hosts(['8.8.8.8', '10.0.0.1']).pin('dns.example')).rejects.toMatchObject({ slug: 'host-not-allowed' });
    await expect(hosts([]).pin('dns.example')).rejects.toMatchObject({ slug: 'host-not-allowed' });
    await expect(hosts(['8.8.8.8', '8.8.4.4']).pin('dns.example')).resolves.toBe('8.8.8.8');
  });
});
