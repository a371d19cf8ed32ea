import { randomInt } from 'node:crypto';
import { Invalid } from '../invalid.ts';
import { parseName, type Name } from '../names.ts';
import { zoneName } from '../records.ts';
import { askTcp, type Endpoint } from '../wire/exchange.ts';
import { CLASS, decodeMessage, emptyMessage, encodeMessage, rcodeName, RCODE, TYPE, type Message } from '../wire/message.ts';
import { tsigExchange, tsigSecret, type TsigKey } from '../wire/tsig.ts';
import { DnsServerFault, type Rfc2136Credentials } from './port.ts';
import { faultOf } from './signed.ts';
import { updateMessage } from './update.ts';

export interface ProbeCheck {
  name: string;
  ok: boolean;
  detail: string;
  remedy: string | null;
}

async function ask(endpoint: Endpoint, key: TsigKey, query: Buffer, signal: AbortSignal): Promise<Message> {
  const tsig = tsigExchange(key);
  const heard: Message[] = [];
  try {
    await askTcp(endpoint, tsig.sign(query), (bytes) => {
      tsig.verify(bytes);
      heard.push(decodeMessage(bytes));
      return true;
    }, { connectMs: 3_000, answerMs: 4_000, signal }); // prettier-ignore
  } catch (error) {
    throw faultOf(error);
  }
  return heard[0]!;
}

const good = (name: string, detail: string): ProbeCheck => ({ name, ok: true, detail, remedy: null });
const bad = (name: string, detail: string, remedy: string): ProbeCheck => ({ name, ok: false, detail, remedy });

/**
 * Looks whether a server can be reached, knows the key, and takes updates: a signed SOA query, and an update without content
 * (RFC 2136 3.4), which changes nothing. Without a zone it can be told whether the server answers, and perhaps about the key.
 */
async function probe(endpoint: Endpoint, key: TsigKey, zone: Name | undefined, signal: AbortSignal): Promise<ProbeCheck[]> {
  const reach = good('reach', `${endpoint.address} port ${endpoint.port} answers.`);
  const soa = encodeMessage({ ...emptyMessage(randomInt(65_536)), questions: [{ name: zone ?? '', type: TYPE.SOA, class: CLASS.IN }] });
  try {
    const { rcode } = await ask(endpoint, key, soa, signal);
    const known = good('key', 'The server knows the key and signs with it.');
    if (zone === undefined) return [reach, known];
    if (rcode !== RCODE.NOERROR)
      return [reach, known, bad('zone', `It answers ${rcodeName(rcode)} for ${zone}.`, 'Check the name, and that this is the primary of the zone.')];
    const update = await ask(endpoint, key, updateMessage(randomInt(65_536), zone, []), signal);
    const taken =
      update.rcode === RCODE.NOERROR
        ? good('update', 'It takes updates with this key.')
        : bad(
            'update',
            `It refuses updates with this key (${rcodeName(update.rcode)}).`,
            'Allow updates and transfers for the key in the server’s configuration.',
          );
    return [reach, known, good('zone', `It serves ${zone}.`), taken];
  } catch (error) {
    if (!(error instanceof DnsServerFault)) throw error;
    if (error.kind !== 'auth') return [bad('reach', error.message, 'Check the address, the port, and that the server takes TCP from here.')];
    // A server need not sign a refusal to speak of the root; only a zone of its own tells whether the key is good.
    return zone === undefined
      ? [reach]
      : [reach, bad('key', error.message, 'Compare name, algorithm and secret of the key with the server’s, and the clocks.')];
  }
}

/** The same from settings as people give them; what cannot be read of them is a failed check. */
export async function probeSettings(
  { server, port, tsig }: Rfc2136Credentials,
  zone: string | undefined,
  signal: AbortSignal,
): Promise<ProbeCheck[]> {
  try {
    const key = { name: parseName(tsig.name), algorithm: tsig.algorithm, secret: tsigSecret(tsig.secret) };
    return await probe({ address: server, port }, key, zone === undefined ? undefined : zoneName(zone), signal);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return [bad('settings', `${error.message}.`, 'Correct the name of the key, its secret, or the zone.')];
  }
}
