import { randomInt } from 'node:crypto';
import type { Name } from '../names.ts';
import { askTcp, type Endpoint } from '../wire/exchange.ts';
import { CLASS, decodeMessage, emptyMessage, encodeMessage, rcodeName, RCODE, TYPE, type Message } from '../wire/message.ts';
import { tsigExchange, type TsigKey } from '../wire/tsig.ts';
import { DnsServerFault } from './port.ts';
import { faultOf } from './rfc2136.ts';
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

/**
 * Looks whether a server can be reached, knows the key, and takes updates: a signed SOA query, and an update without content
 * (RFC 2136 3.4), which changes nothing. Without a zone it can be told whether the server answers, and perhaps about the key.
 */
export async function probe(endpoint: Endpoint, key: TsigKey, zone: Name | undefined, signal: AbortSignal): Promise<ProbeCheck[]> {
  const where = `${endpoint.address} port ${endpoint.port}`;
  const soa = encodeMessage({ ...emptyMessage(randomInt(65_536)), questions: [{ name: zone ?? '', type: TYPE.SOA, class: CLASS.IN }] });
  try {
    const { rcode } = await ask(endpoint, key, soa, signal);
    const checks: ProbeCheck[] = [
      { name: 'reach', ok: true, detail: `${where} answers.`, remedy: null },
      { name: 'key', ok: true, detail: 'The server knows the key and signs with it.', remedy: null },
    ];
    if (zone === undefined) return checks;
    const known = rcode === RCODE.NOERROR;
    checks.push({ name: 'zone', ok: known, detail: known ? `It serves ${zone}.` : `It answers ${rcodeName(rcode)} for ${zone}.`, remedy: known ? null : 'Check the name, and that this is the primary of the zone.' }); // prettier-ignore
    if (!known) return checks;
    const update = await ask(endpoint, key, updateMessage(randomInt(65_536), zone, []), signal);
    const taken = update.rcode === RCODE.NOERROR;
    return [...checks, { name: 'update', ok: taken, detail: taken ? 'It takes updates with this key.' : `It refuses updates with this key (${rcodeName(update.rcode)}).`, remedy: taken ? null : 'Allow updates and transfers for the key in the server’s configuration.' }]; // prettier-ignore
  } catch (error) {
    if (!(error instanceof DnsServerFault)) throw error;
    const reached = error.kind === 'auth';
    // A server need not sign a refusal to speak of the root; only a zone of its own tells whether the key is good.
    if (reached && zone === undefined) return [{ name: 'reach', ok: true, detail: `${where} answers.`, remedy: null }];
    const remedy = reached
      ? 'Compare name, algorithm and secret of the key with the server’s, and the clocks.'
      : 'Check the address, the port, and that the server takes TCP from here.';
    return [
      { name: 'reach', ok: reached, detail: reached ? `${where} answers.` : error.message, remedy: reached ? null : remedy },
      ...(reached ? [{ name: 'key', ok: false, detail: error.message, remedy }] : []),
    ];
  }
}
