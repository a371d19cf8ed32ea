import { parseArgs } from 'node:util';
import { NO_TENANT } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { providerOf } from '#kernel/port.ts';
import { actsNow } from '#modules/audit/admin/actions.ts';
import { chainIn } from '#modules/audit/chain/source.ts';
import { verifyChain, type Findings } from '#modules/audit/chain/verify.ts';
import { Evidence } from '#modules/audit/providers/port.ts';
import { allTenants } from '#modules/tenancy/lifecycle/operator.ts';
import { withInstallation, type Opened } from './open.ts';

const USAGE = `usage: audit verify [--tenant acme] [--from-link 1]
       audit keys
       audit actions [--limit 50]
       verify: proves the audit chain of one tenant, or of all with that of the operator; exit code 1 when one does not hold.
       keys:   the public keys of anchors, for the offline verifier.
       actions: what was done at the server, newest first.
`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Chain {
  id: string;
  slug: string;
}

async function chainsOf({ core }: Opened, wanted: string | undefined): Promise<Chain[]> {
  const tenants: Chain[] = await core.databases.platform('list tenants', allTenants);
  const all = [...tenants, { id: NO_TENANT, slug: 'operator' }];
  return wanted === undefined ? all : all.filter(({ id, slug }) => (isUuid(wanted) ? id === wanted : slug === wanted));
}

function report(slug: string, { from, to, checked, expired, anchors, lastAnchor, fault }: Findings, seconds: number): boolean {
  if (fault) {
    say(`${slug}: DOES NOT HOLD (${fault.kind}${fault.entryId === null ? '' : `, entry ${fault.entryId}`}): ${fault.text}`);
    return false;
  }
  const signed = lastAnchor ? `anchored up to ${lastAnchor.seq} at ${lastAnchor.at}` : 'not anchored yet';
  say(`${slug}: links ${from} to ${to} hold; ${checked} entries as sealed, ${expired} let go by retention, ${anchors} anchors, ${signed} (${seconds.toFixed(1)} s)`);
  return true;
} // prettier-ignore

async function verify(opened: Opened, tenant: string | undefined, from: number): Promise<number> {
  const chains = await chainsOf(opened, tenant);
  if (chains.length === 0) {
    process.stderr.write(`switchyard: there is no tenant "${tenant}"\n`);
    return 1;
  }
  const { check, seal } = providerOf(opened.core.adapters)(Evidence);
  await seal();
  let sound = true;
  for (const { id, slug } of chains) {
    const begun = performance.now();
    const found = await opened.core.databases.tenant({ tenantId: id, readOnly: true }, (db) => verifyChain(chainIn(db, id), { from, check }));
    sound = report(slug, found, (performance.now() - begun) / 1_000) && sound;
  }
  return sound ? 0 : 1;
}

async function actions({ core }: Opened, limit: number): Promise<number> {
  const acts = await core.databases.tenant({ tenantId: NO_TENANT, readOnly: true }, (db) => actsNow(db, limit));
  for (const { at, operator, operation, reason, ticket, altered } of acts)
    say([at.toISOString(), operation, operator, reason ?? '', ticket ?? '', altered ? 'ALTERED' : ''].join('\t').trimEnd());
  return acts.some(({ altered }) => altered) ? 1 : 0;
}

/** One verb on an installation that is open. Answers the exit code. */
export async function auditVerb(opened: Opened, verb: string, values: { tenant?: string; 'from-link'?: string; limit?: string }): Promise<number> {
  if (verb === 'verify') return verify(opened, values.tenant, Number(values['from-link'] ?? 1));
  if (verb === 'actions') return actions(opened, Number(values.limit ?? 50));
  const { signer } = providerOf(opened.core.adapters)(Evidence);
  say(JSON.stringify({ keys: [{ ...signer.publicKey, kid: signer.keyId, alg: 'EdDSA', use: 'sig' }] }));
  return 0;
}

/** `audit …`: what the operator proves about the trail, from the server itself. */
export async function audit([verb = '', ...args]: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { tenant: text, 'from-link': text, limit: text } });
  const numbers = [values['from-link'] ?? '1', values.limit ?? '1'];
  if (!['verify', 'keys', 'actions'].includes(verb) || !numbers.every((number) => /^[1-9]\d{0,14}$/.test(number))) {
    process.stderr.write(USAGE);
    return 2;
  }
  return withInstallation((opened) => auditVerb(opened, verb, values));
}
