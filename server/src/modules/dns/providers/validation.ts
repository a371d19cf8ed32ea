import { Invalid } from '../invalid.ts';
import { parseName } from '../names.ts';
import { TSIG_ALGORITHMS, tsigSecret } from '../wire/tsig.ts';
import { DnsServerFault, type DnsServer } from './port.ts';
import { rfc2136 } from './rfc2136.ts';

interface Check {
  name: string;
  ok: boolean;
  detail: string;
  remedy: string | null;
}
export interface DnsValidation {
  ok: boolean;
  identity: string | null;
  checks: Check[];
  warnings: string[];
}

/** A connection as its owner keeps it; `address` is the checked one behind `server`. */
export interface Candidate {
  config: Record<string, unknown>;
  credential: Record<string, string> | null;
}

const passed = (name: string, detail: string): Check => ({ name, ok: true, detail, remedy: null });
const failed = (name: string, detail: string, remedy: string): Check => ({ name, ok: false, detail, remedy });

function serverOf({ config, credential }: Candidate): DnsServer {
  const algorithm = TSIG_ALGORITHMS.find((each) => each === config['tsigAlgorithm']);
  if (!algorithm) throw new Invalid('the TSIG algorithm is not known');
  const key = { name: parseName(String(config['tsigName'])), algorithm, secret: tsigSecret(credential?.['tsigSecret'] ?? '') };
  return rfc2136({
    endpoint: { address: String(config['address'] ?? config['server']), port: Number(config['port']) },
    key,
    connectMs: 2_000,
    answerMs: 3_000,
  });
}

const REMEDY: Partial<Record<DnsServerFault['kind'], string>> = {
  auth: 'Compare name, algorithm and secret of the key with the server’s, and let it transfer and update the zone.',
  absent: 'Make the zone at the server, and allow the key to transfer and update it.',
  unavailable: 'Check address and port, and that TCP is open.',
  timeout: 'Check address and port, and that TCP is open.',
};

/**
 * Looks whether a server can be reached with a key, and changes nothing there: the zone is transferred and an update without content is
 * sent. Without a zone to try, only the key itself is tried.
 */
async function validateRfc2136(candidate: Candidate, signal: AbortSignal): Promise<DnsValidation> {
  const { server, port, tsigName, zone } = candidate.config;
  const identity = `${String(server)}:${String(port)} as ${String(tsigName)}`;
  const checks: Check[] = [];
  const ended = (): DnsValidation => ({
    ok: checks.every(({ ok }) => ok),
    identity,
    checks,
    warnings: zone === undefined ? ['No zone was named to test with, so only the key was tried.'] : [],
  });
  try {
    const name = typeof zone === 'string' ? parseName(zone) : 'switchyard-key-test.invalid';
    const dns = serverOf(candidate);
    const found = await dns.read(name, signal).catch((error: unknown) => {
      // Refusing a zone that it does not have, in a signed answer, shows that the server knows the key.
      if (zone === undefined && error instanceof DnsServerFault && (error.kind === 'absent' || error.kind === 'rejected' || isRefusal(error)))
        return undefined;
      throw error;
    });
    checks.push(passed('key', 'The server signs its answers with the key.'));
    if (!found) return ended();
    checks.push(passed('transfer', `${name} has ${found.records.length} records, serial ${found.serial}.`));
    await dns.apply(name, [], { signal });
    checks.push(passed('update', 'An update without content was accepted.'));
  } catch (error) {
    if (error instanceof Invalid) checks.push(failed('settings', error.message, 'Correct the settings.'));
    else if (error instanceof DnsServerFault)
      checks.push(failed(checks.length === 0 ? 'key' : 'update', error.message, REMEDY[error.kind] ?? 'Look at the server’s log.'));
    else throw error;
  }
  return ended();
}

const isRefusal = (fault: DnsServerFault): boolean => fault.kind === 'auth' && fault.message.includes('(REFUSED)');

/** Checks of the kinds of connection that serve DNS; undefined for others. */
export async function validateDns(kind: string, candidate: Candidate, signal: AbortSignal): Promise<DnsValidation | undefined> {
  if (kind === 'rfc2136') return validateRfc2136(candidate, signal);
  if (kind === 'embedded-dns')
    return {
      ok: true,
      identity: 'the name server of this installation',
      checks: [passed('server', 'It is part of this installation.')],
      warnings: [],
    };
  return undefined;
}
