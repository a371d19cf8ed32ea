import { randomInt } from 'node:crypto';
import { Invalid } from '../invalid.ts';
import type { Name } from '../names.ts';
import { askTcp, askUdp, NetworkFault, type Endpoint } from '../wire/exchange.ts';
import { CLASS, decodeMessage, emptyMessage, encodeMessage, FLAG, optRecord, type Message } from '../wire/message.ts';

const TRIES = 2;
const TRY_MS = 1_500;
const EDNS = 1_232;

export interface Heard {
  message: Message;
  tcp: boolean;
  ms: number;
}
export type Silence = 'unreachable' | 'timeout';

/** One question to one server: by UDP, twice if need be, and by TCP when the answer was cut short. Silence is an answer too. */
export async function hear(
  server: Endpoint,
  name: Name,
  type: number,
  { recurse, signal }: { recurse: boolean; signal: AbortSignal },
): Promise<Heard | Silence> {
  const began = performance.now();
  let silence: Silence = 'timeout';
  for (let attempt = 0; attempt < TRIES && !signal.aborted; attempt++) {
    const query = encodeMessage({
      ...emptyMessage(randomInt(65_536)),
      flags: recurse ? FLAG.WANTS_RECURSION : 0,
      questions: [{ name, type, class: CLASS.IN }],
      additional: [optRecord(EDNS)],
    });
    try {
      const short = decodeMessage(await askUdp(server, query, { answerMs: TRY_MS, signal }));
      if ((short.flags & FLAG.TRUNCATED) === 0) return { message: short, tcp: false, ms: Math.round(performance.now() - began) };
      let whole = short;
      await askTcp(server, query, (bytes) => ((whole = decodeMessage(bytes)), true), { connectMs: TRY_MS, answerMs: TRY_MS, signal });
      return { message: whole, tcp: true, ms: Math.round(performance.now() - began) };
    } catch (error) {
      if (error instanceof NetworkFault) silence = error.kind;
      else if (!(error instanceof Invalid) && !signal.aborted) throw error;
    }
  }
  return silence;
}
