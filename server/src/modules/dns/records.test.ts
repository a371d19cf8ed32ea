import dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Invalid } from './invalid.ts';
import { decodeValue, EDITABLE_TYPES, encodeValue, typeCode } from './rdata/types.ts';
import { ownerName, recordValue, textContent, zoneName } from './records.ts';
import { Reader } from './wire/reader.ts';

const GOOD: [type: string, input: string, canonical: string][] = [
  ['A', ' 192.0.2.1 ', '192.0.2.1'],
  ['AAAA', '2001:DB8:0:0::1', '2001:db8::1'],
  ['AAAA', '::ffff:192.0.2.1', '::ffff:c000:201'],
  ['CNAME', 'Target.Example.NET', 'target.example.net.'],
  ['CNAME', 'bücher.example.net.', 'xn--bcher-kva.example.net.'],
  ['NS', 'ns1.example.net', 'ns1.example.net.'],
  ['PTR', 'host.example.net', 'host.example.net.'],
  ['CNAME', '1.0/26.2.0.192.in-addr.arpa', '1.0/26.2.0.192.in-addr.arpa.'],
  ['MX', '10 Mail.example.net', '10 mail.example.net.'],
  ['MX', '0 .', '0 .'],
  ['TXT', 'v=spf1 -all; "quoted" \\ back', '"v=spf1 -all; \\"quoted\\" \\\\ back"'],
  ['TXT', '"one" two', '"one" "two"'],
  ['TXT', 'grün', '"gr\\195\\188n"'],
  ['SRV', '10 5 5060 sip.example.net', '10 5 5060 sip.example.net.'],
  ['SRV', '0 0 0 .', '0 0 0 .'],
  ['CAA', '0 issue letsencrypt.org', '0 issue "letsencrypt.org"'],
  ['CAA', '0 issue ";"', '0 issue ";"'],
  ['CAA', '128 iodef "mailto:security@example.net"', '128 iodef "mailto:security@example.net"'],
  ['DS', '60485 5 1 2bb183af5f22588179a53b0a 98631fad1a292118', '60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118'],
  ['TLSA', `3 1 1 ${'ab'.repeat(32)}`, `3 1 1 ${'AB'.repeat(32)}`],
  ['SSHFP', `4 2 ${'cd'.repeat(32)}`, `4 2 ${'CD'.repeat(32)}`],
  ['NAPTR', '100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.example.net', '100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.example.net.'],
  ['NAPTR', '100 10 "u" "E2U+sip" "!^.*$!sip:info@example.net!" .', '100 10 "u" "E2U+sip" "!^.*$!sip:info@example.net!" .'],
  ['HINFO', 'PC "Debian Linux"', '"PC" "Debian Linux"'],
  ['RP', 'admin.example.net .', 'admin.example.net. .'],
  ['HTTPS', '1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1,192.0.2.2', '1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1,192.0.2.2'],
  ['HTTPS', '1 . port=53 ipv6hint=2001:db8::1 alpn=h2 mandatory=port,alpn', '1 . mandatory=alpn,port alpn="h2" port=53 ipv6hint=2001:db8::1'],
  ['SVCB', '0 svc.example.net', '0 svc.example.net.'],
  ['SVCB', '16 foo.example.org alpn="f\\\\\\\\oo\\\\,bar,h2"', '16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"'], // RFC 9460, figure 8
  ['SVCB', '1 . key667="hello\\210qoo"', '1 . key667="hello\\210qoo"'], // RFC 9460, figure 5
  ['A', '\\# 4 C0000201', '192.0.2.1'],
  ['TYPE65280', '\\# 3 abcdef', '\\# 3 ABCDEF'],
  ['TYPE65280', '\\# 0', '\\# 0'],
];

const BAD: [type: string, input: string, why: string][] = [
  ['A', '', 'missing'],
  ['A', '192.0.2.256', 'IPv4'],
  ['A', '192.0.2', 'IPv4'],
  ['A', '192.0.02.1', 'IPv4'],
  ['A', '0x7f.1', 'IPv4'],
  ['A', '2001:db8::1', 'IPv4'],
  ['A', '192.0.2.1 192.0.2.2', 'more than'],
  ['A', '192.0.2.1\n192.0.2.2', 'no place here'],
  ['AAAA', '192.0.2.1', 'IPv6'],
  ['AAAA', 'fe80::1%eth0', 'IPv6'],
  ['AAAA', '2001:db8::1::2', 'IPv6'],
  ['CNAME', '.', 'root'],
  ['CNAME', '192.0.2.1', 'address'],
  ['CNAME', 'a..b', 'empty label'],
  ['MX', 'mail.example.net', 'priority'],
  ['MX', '10', 'missing'],
  ['MX', '65536 mail.example.net', '65535'],
  ['MX', '-1 mail.example.net', 'whole number'],
  ['MX', '10 2001:db8::1', 'address'],
  ['MX', '10 .', 'null MX'],
  ['MX', '10 mail_host.example.net.1', 'number'],
  ['TXT', '"not closed', 'not closed'],
  ['TXT', '"a\\999"', 'three digits'],
  ['TXT', 'x'.repeat(4097), '4096'],
  ['TXT', '\ud800', 'Unicode'],
  ['SRV', '10 5 70000 sip.example.net', '65535'],
  ['CAA', '1 issue letsencrypt.org', '128'],
  ['CAA', '0 is-sue letsencrypt.org', 'tag'],
  ['CAA', '0 issue "not a domain"', 'domain'],
  ['CAA', '0 iodef security@example.net', 'mailto'],
  ['DS', '1 8 2 abcd', '32 octets'],
  ['DS', '1 8 2 abc', 'even number'],
  ['TLSA', `4 1 1 ${'ab'.repeat(32)}`, 'usage'],
  ['TLSA', '3 1 1 abcd', '32 octets'],
  ['SSHFP', '4 2 zz', 'hexadecimal'],
  ['NAPTR', '1 1 "u" "x" "!a!b!" example.net', 'not both'],
  ['HTTPS', '0 . alpn=h2', 'alias'],
  ['HTTPS', '1 . alpn=h2 alpn=h3', 'twice'],
  ['HTTPS', '1 . no-default-alpn', 'needs alpn'],
  ['HTTPS', '1 . mandatory=port', 'not given'],
  ['HTTPS', '1 . mandatory=mandatory', 'itself'],
  ['HTTPS', '1 . port=99999', '65535'],
  ['HTTPS', '1 . colour=red', 'not a parameter'],
  ['HTTPS', '1 . ipv4hint=2001:db8::1', 'IPv4'],
  ['SOA', 'a. b. 1 2 3 4 5', 'kept by the server'],
  ['RRSIG', 'x', 'signs'],
  ['TYPE65280', 'abcdef', '\\#'],
  ['TYPE65280', '\\# 4 abcdef', 'promises 4'],
  ['TYPE250', '\\# 0', 'not a type'],
  ['LOC', '52 22 23 N', 'not a record type'],
  ['A', '\u0000', 'no place|IPv4'],
];

describe('record values', () => {
  test.each(GOOD)('%s %j has the canonical form %j, which stays as it is', (type, input, canonical) => {
    expect(recordValue(type, input)).toBe(canonical);
    expect(recordValue(type, canonical)).toBe(canonical);
  });

  test.each(GOOD)('%s %j is the same after a way over the wire', (type, _input, canonical) => {
    const wire = encodeValue(type, canonical);
    expect(decodeValue(typeCode(type), new Reader(wire), wire.length)).toBe(canonical);
  });

  test.each(BAD)('%s %j is refused, saying why', (type, input, why) => {
    expect(() => recordValue(type, input)).toThrow(Invalid);
    expect(() => recordValue(type, input)).toThrow(new RegExp(why.replaceAll('\\', '\\\\')));
  });

  test('every editable type has a good example above', () => {
    expect([...new Set(GOOD.map(([type]) => type))].filter((type) => !type.startsWith('TYPE')).sort()).toEqual(EDITABLE_TYPES);
  });

  test('infrastructure 92: Given a TXT of 600 octets with quotes, then it is stored as three strings and read back byte-identical', () => {
    const text = `say "${'x"\\'.repeat(198)}"`;
    expect(Buffer.from(text)).toHaveLength(600);
    const stored = recordValue('TXT', text);
    const wire = encodeValue('TXT', stored);
    expect([wire[0], wire[256], wire[512]]).toEqual([255, 255, 90]);
    expect(decodeValue(16, new Reader(wire), wire.length)).toBe(stored);
    expect(textContent(stored).toString()).toBe(text);
  });

  test('any text reads back byte-identical from a TXT record', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 700 }), (text) => {
        fc.pre(text.isWellFormed() && !/^\s*("|\\#)/.test(text) && Buffer.byteLength(text) <= 4096);
        expect(textContent(recordValue('TXT', text)).toString()).toBe(text);
      }),
    );
  });

  test('our wire form is what an independent codec reads', () => {
    const decode = (type: string, value: string): unknown => {
      const data = encodeValue(type, value);
      const head = Buffer.from([0, typeCode(type) >> 8, typeCode(type) & 255, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255]);
      return (dnsPacket as unknown as { answer: { decode: (bytes: Buffer, at: number) => { data: unknown } } }).answer.decode(
        Buffer.concat([head, data]),
        0,
      ).data;
    };
    expect(decode('MX', '10 mail.example.net.')).toEqual({ preference: 10, exchange: 'mail.example.net' });
    expect(decode('SRV', '1 2 3 sip.example.net.')).toEqual({ priority: 1, weight: 2, port: 3, target: 'sip.example.net' });
    expect(decode('AAAA', '2001:db8::1')).toBe('2001:db8::1');
    expect(decode('CAA', '128 iodef "mailto:a@b.c"')).toMatchObject({ flags: 128, tag: 'iodef', value: 'mailto:a@b.c' });
    expect(decode('NAPTR', '1 2 "u" "E2U" "!a!b!" .')).toMatchObject({
      order: 1,
      preference: 2,
      flags: 'u',
      services: 'E2U',
      regexp: '!a!b!',
      replacement: '.',
    });
    expect(decode('TLSA', `3 1 1 ${'AB'.repeat(32)}`)).toMatchObject({ usage: 3, selector: 1, matchingType: 1, certificate: Buffer.alloc(32, 0xab) });
    expect(decode('RP', 'admin.example.net. txt.example.net.')).toMatchObject({ mbox: 'admin.example.net', txt: 'txt.example.net' });
  });

  test('no text and no bytes make the codecs throw anything but Invalid', () => {
    const types = fc.constantFrom(...EDITABLE_TYPES, 'TYPE65280');
    const onlyInvalid = (act: () => unknown): void => {
      try {
        act();
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid);
      }
    };
    fc.assert(fc.property(types, fc.string({ unit: 'binary', maxLength: 60 }), (type, text) => onlyInvalid(() => recordValue(type, text))));
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 80 }), (type, bytes) =>
        onlyInvalid(() => decodeValue(typeCode(type), new Reader(bytes), bytes.length)),
      ),
    );
  });

  test('whatever is read from the wire can be sent again, with the same octets', () => {
    const types = fc.constantFrom(...EDITABLE_TYPES, 'SOA', 'TYPE65280');
    let read = 0;
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 60 }), (type, bytes) => {
        let value: string;
        try {
          value = decodeValue(typeCode(type), new Reader(bytes), bytes.length);
        } catch {
          return;
        }
        read++;
        const again = encodeValue(type, value);
        expect(decodeValue(typeCode(type), new Reader(again), again.length)).toBe(value);
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

describe('owner names', () => {
  test.each([
    ['@', 'example.test'],
    ['www', 'www.example.test'],
    ['www.example.test', 'www.example.test'],
    ['WWW.Example.Test.', 'www.example.test'],
    ['*', '*.example.test'],
    ['*.dev', '*.dev.example.test'],
    ['_sip._tcp', '_sip._tcp.example.test'],
    ['b\u00fccher', 'xn--bcher-kva.example.test'],
  ])('%j is %s', (input, name) => expect(ownerName(input, 'example.test')).toBe(name));

  test.each([
    ['www.example.org.', 'not in the zone'],
    ['a.*', 'leftmost'],
    ['a*b', 'leftmost'],
    ['a b', 'U\\+0020'],
    ['-a', 'hyphen'],
    ['a-', 'hyphen'],
    ['a/b', 'other than'],
    ['a\\.b', 'other than'],
    ['a\\000b', 'other than'],
    ['', 'empty'],
    ['x'.repeat(300), '63'],
    [`${'a.'.repeat(125)}b`, '253'],
  ])('%j is refused, saying why', (input, why) => {
    expect(() => ownerName(input, 'example.test')).toThrow(Invalid);
    expect(() => ownerName(input, 'example.test')).toThrow(new RegExp(why));
  });

  test('a zone has a name of its own kind', () => {
    expect(zoneName('Example.TEST.')).toBe('example.test');
    expect(zoneName('2.0.192.in-addr.arpa')).toBe('2.0.192.in-addr.arpa');
    for (const bad of ['.', '', '*.test', '192.0.2.1', 'a..b', 'exa mple']) expect(() => zoneName(bad)).toThrow(Invalid);
  });
});
