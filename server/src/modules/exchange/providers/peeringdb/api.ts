import { z } from 'zod';
import { outboundRequest, type OutboundAnswer, type OutboundRequest } from '#kernel/outbound-http.ts';
import { Problem } from '#kernel/problem.ts';
import type { PeeringdbFacts } from '../../facts/facts.ts';
import type { NetworkFacts } from '../../facts/port.ts';
import '../../facts/problems.ts';

export interface PeeringdbApiOptions {
  /** Such as `https://www.peeringdb.com/api`, without a slash at its end; nobody is asked without it. */
  url: string | undefined;
  apiKey?: string | undefined;
  /** In a laboratory PeeringDB may be at a private address. */
  allowPrivateTargets?: boolean | undefined;
  send?: (request: OutboundRequest) => Promise<OutboundAnswer>;
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 1024 * 1024;
const MOST_SETS = 8;

const Answer = z.object({
  data: z.array(
    z.object({
      id: z.int(),
      asn: z.int(),
      name: z.string(),
      website: z.string().nullish(),
      irr_as_set: z.string().nullish(),
      info_prefixes4: z.int().nullish(),
      info_prefixes6: z.int().nullish(),
      policy_url: z.string().nullish(),
      info_never_via_route_servers: z.boolean().nullish(),
      poc_set: z.array(z.object({ role: z.string().nullish(), email: z.string().nullish(), visible: z.string().nullish() })).nullish(),
    }),
  ),
});
type Network = z.output<typeof Answer>['data'][number];

const SET = /^(AS\d{1,10}:)*AS-[A-Z0-9_-]{1,90}(:(AS-[A-Z0-9_-]{1,90}|AS\d{1,10}))*$/;

/** People write `RIPE::AS-FOO`, `AS-FOO@RADB` and several of them: the names of the sets alone, and nothing that is none. */
export function setsIn(text: string | null | undefined): string | null {
  const words = (text ?? '').toUpperCase().split(/[\s,;/]+/);
  const sets = words.map((word) => word.replace(/^[A-Z0-9-]+::/, '').replace(/@[A-Z0-9-]+$/, '')).filter((word) => SET.test(word));
  return [...new Set(sets)].slice(0, MOST_SETS).join(' ') || null;
}

const webAddress = (text: string | null | undefined): string | null => {
  const url = text ? URL.parse(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.href.length <= 500 ? url.href : null;
};
const counted = (value: number | null | undefined): number | null => (value && value > 0 && value <= 4_000_000 ? value : null);
const EMAIL = z.email().max(254);

const nocOf = ({ poc_set }: Network): string | null => {
  const shown = (poc_set ?? []).filter(({ role, visible }) => role?.toUpperCase() === 'NOC' && (visible ?? 'Public') === 'Public');
  return shown.map(({ email }) => EMAIL.safeParse(email).data).find((email) => email !== undefined) ?? null;
};

const factsOf = (network: Network): PeeringdbFacts => ({
  netId: network.id,
  name: network.name
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 100),
  asSet: setsIn(network.irr_as_set),
  maxPrefixesV4: counted(network.info_prefixes4),
  maxPrefixesV6: counted(network.info_prefixes6),
  website: webAddress(network.website),
  nocEmail: nocOf(network),
  policyUrl: webAddress(network.policy_url),
  neverViaRs: network.info_never_via_route_servers === true,
});

const down = (why: string, extras: Record<string, unknown> = {}): Problem =>
  new Problem('peeringdb-api-unavailable', `PeeringDB could not be asked: ${why}.`, extras);

/** PeeringDB by its API, at one address that whoever runs the installation named, and nowhere else: redirects are not followed. */
export function peeringdbApi({ url, apiKey, allowPrivateTargets = false, send }: PeeringdbApiOptions): NetworkFacts {
  const ask = send ?? ((request) => outboundRequest(request, { exceptions: [], allowPrivateTargets }));
  return {
    isConfigured: url !== undefined,
    async of(asn, signal) {
      if (url === undefined) throw down('SWITCHYARD_PEERINGDB_API_URL is not set');
      const headers = { accept: 'application/json', 'user-agent': 'switchyard', ...(apiKey === undefined ? {} : { authorization: `Api-Key ${apiKey}` }) };
      const answer = await ask({ url: `${url}/net?asn=${asn}&depth=2`, method: 'GET', headers, timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES, redirects: 0, signal }).catch((error: unknown) => {
        throw down(error instanceof Error ? error.message.slice(0, 200) : 'no answer');
      });
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw down(`it answered ${answer.status}`, answer.status === 429 ? { retryAfterSeconds: Number(answer.headers['retry-after'] ?? 60) } : {});
      const network = networkIn(answer.body)?.find((one) => one.asn === asn);
      return network ? factsOf(network) : null;
    },
  };
} // prettier-ignore

function networkIn(body: Uint8Array): Network[] {
  try {
    return Answer.parse(JSON.parse(Buffer.from(body).toString('utf8'))).data;
  } catch {
    throw down('what it answered is not what its documents say');
  }
}
