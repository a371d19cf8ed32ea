import { isWithin, parentOf, type Name } from '../names.ts';
import { hostOf } from '../rdata/hosts.ts';
import { encodeValue, typeCode } from '../rdata/types.ts';
import {
  CLASS,
  emptyMessage,
  encodeMessage,
  FLAG,
  OPCODE,
  optRecord,
  RCODE,
  TYPE,
  valueOf,
  type Message,
  type Question,
  type ResourceRecord,
} from '../wire/message.ts';
import type { ZoneIndex } from './zone.ts';

const NS = typeCode('NS');
const CNAME = typeCode('CNAME');
const DS = typeCode('DS');
const ADDRESSES = [typeCode('A'), typeCode('AAAA')];
const MAX_CHAIN = 8;
/** What fits everywhere without fragments (DNS flag day 2020). */
const UDP_SIZE = 1_232;

interface Found {
  rcode: number;
  authoritative: boolean;
  answers: ResourceRecord[];
  authority: ResourceRecord[];
  additional: ResourceRecord[];
}
const nothing = (rcode: number): Found => ({ rcode, authoritative: false, answers: [], authority: [], additional: [] });

/** The highest cut between the top of the zone and the name: what is at or below it belongs to other servers. */
function cutAbove(zone: ZoneIndex, { name, type }: Question): Name | undefined {
  const path: Name[] = [];
  for (let at: Name | undefined = name; at !== undefined && at !== zone.name; at = parentOf(at)) path.push(at);
  // DS of the cut itself is ours (RFC 4035 3.1.4.1).
  return path.toReversed().find((at) => zone.sets.get(at)?.has(NS) && !(at === name && type === DS));
}

function referral(zone: ZoneIndex, cut: Name): Found {
  const servers = zone.sets.get(cut)!.get(NS)!;
  const glue = servers.flatMap((record) => {
    const host = hostOf('NS', valueOf(record));
    return host === undefined || !isWithin(host, zone.name) ? [] : ADDRESSES.flatMap((type) => zone.sets.get(host)?.get(type) ?? []);
  });
  return { ...nothing(RCODE.NOERROR), authority: [...servers], additional: glue };
}

/** The types at a name, by a wildcard if need be (RFC 4592), with the name put in. */
function typesAt(zone: ZoneIndex, name: Name): ReadonlyMap<number, readonly ResourceRecord[]> | undefined {
  if (zone.names.has(name)) return zone.sets.get(name) ?? new Map();
  let encloser = parentOf(name)!;
  while (!zone.names.has(encloser)) encloser = parentOf(encloser)!;
  const wild = zone.sets.get(`*.${encloser}`);
  return wild && new Map([...wild].map(([type, records]) => [type, records.map((record) => ({ ...record, name }))]));
}

/** RFC 1034 4.3.2, inside one zone. */
function find(zone: ZoneIndex, question: Question): Found {
  const answers: ResourceRecord[] = [];
  let name = question.name;
  for (let link = 0; link <= MAX_CHAIN; link++) {
    const cut = cutAbove(zone, { ...question, name });
    // Behind an alias, the referral only tells where to go on; the answer up to it is ours.
    if (cut !== undefined) return { ...referral(zone, cut), answers, authoritative: answers.length > 0 };
    const types = typesAt(zone, name);
    const no: Found = { ...nothing(types ? RCODE.NOERROR : RCODE.NXDOMAIN), authoritative: true, answers, authority: [zone.denial] };
    if (!types) return no;
    const alias = question.type === CNAME ? undefined : types.get(CNAME)?.[0];
    if (!alias) {
      const found = types.get(question.type);
      return found ? { ...no, answers: [...answers, ...found], authority: [] } : no;
    }
    answers.push(alias);
    const target = hostOf('CNAME', valueOf(alias));
    if (target === undefined || !isWithin(target, zone.name)) break;
    name = target;
  }
  return { ...nothing(RCODE.NOERROR), authoritative: true, answers };
}

/** Instead of everything at a name (RFC 8482). */
const anyRefused = (name: Name): ResourceRecord => ({
  name,
  type: typeCode('HINFO'),
  class: CLASS.IN,
  ttl: 3_600,
  data: encodeValue('HINFO', '"RFC8482" ""'),
});

function judge(query: Message, zone: ZoneIndex | undefined): Found {
  const question = query.questions[0];
  if (query.opcode !== OPCODE.QUERY) return nothing(RCODE.NOTIMP);
  if (query.questions.length !== 1 || !question) return nothing(RCODE.FORMERR);
  if (question.class !== CLASS.IN || question.type === TYPE.AXFR || question.type === 251 || !zone || !isWithin(question.name, zone.name))
    return nothing(RCODE.REFUSED);
  if (question.type === TYPE.ANY && typesAt(zone, question.name))
    return { ...nothing(RCODE.NOERROR), authoritative: true, answers: [anyRefused(question.name)] };
  return find(zone, question);
}

/** The answer's octets. `udp` false: by TCP, as long as it wants to be. */
export function answer(query: Message, zone: ZoneIndex | undefined, udp: boolean): Buffer {
  const opt = query.additional.find(({ type }) => type === TYPE.OPT);
  const badVersion = opt !== undefined && ((opt.ttl >>> 16) & 255) !== 0;
  const { rcode, authoritative, answers, authority, additional } = badVersion ? nothing(RCODE.BADVERS) : judge(query, zone);
  const flags = FLAG.RESPONSE | (query.flags & FLAG.WANTS_RECURSION) | (authoritative ? FLAG.AUTHORITATIVE : 0);
  const edns = opt ? [optRecord(UDP_SIZE, rcode)] : [];
  const reply: Message = {
    ...emptyMessage(query.id),
    opcode: query.opcode,
    flags,
    rcode,
    questions: query.questions,
    answers,
    authority,
    additional: [...additional, ...edns],
  };
  const bytes = encodeMessage(reply);
  const room = udp ? (opt ? Math.min(Math.max(opt.class, 512), UDP_SIZE) : 512) : 65_535;
  if (bytes.length <= room) return bytes;
  return encodeMessage({ ...reply, flags: flags | FLAG.TRUNCATED, answers: [], authority: [], additional: edns });
}

/** For what could not be read or could not be looked up. */
export const failure = (id: number, rcode: number): Buffer => encodeMessage({ ...emptyMessage(id), flags: FLAG.RESPONSE, rcode });
