import { Problem } from '#kernel/problem.ts';
import { adopt, loadSets } from './content.ts';
import { isWithin, type Name } from './names.ts';
import type { Wanted } from './plans.ts';
import { hostOf } from './rdata/hosts.ts';
import { newFaults } from './rules.ts';
import type { RRset, Sets } from './sets.ts';
import type { ZoneRow } from './tables.ts';
import type { Place } from './zone-rows.ts';
import { parseZoneFile, type ParsedZone } from './zonefile/parser.ts';
import type { TextFault } from './zonefile/text.ts';

export interface ImportOptions {
  /** `merge`: sets of the file take the place of ours of the same name and type. `replace`: the zone becomes the file. */
  mode: 'merge' | 'replace';
  /** Take the file's name servers of the zone itself; ours stay otherwise. */
  keepNs: boolean;
  /** Leave out what cannot be read instead of refusing the file. */
  skipInvalid: boolean;
}

const placed = ({ line, column, message }: TextFault) => ({
  pointer: '/zonefile',
  message: `line ${line}, column ${column}: ${message}`,
  line,
  column,
});

function refused(errors: readonly TextFault[]): Problem {
  const first = errors[0]!;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem('zonefile-invalid', `Line ${first.line}, column ${first.column}: ${first.message}${more}. Nothing was applied.`, {
    errors: errors.map(placed),
  });
}

/** The name servers of the zone itself, and where they are if that is in the zone. */
function ownServers(zone: Name, sets: Sets): Map<string, RRset> {
  const servers = sets.get(`${zone} NS`);
  if (!servers) return new Map();
  const hosts = servers.entries.map(({ value }) => hostOf('NS', value)).filter((host) => host !== undefined && isWithin(host, zone));
  const keys = [`${zone} NS`, ...hosts.flatMap((host) => [`${host} A`, `${host} AAAA`])];
  return new Map(keys.flatMap((key) => (sets.has(key) ? [[key, sets.get(key)!] as const] : [])));
}

/** The zone's sets with those of a file. */
function merged(zone: Name, before: Sets, file: Pick<ParsedZone, 'records'>, { mode, keepNs }: Pick<ImportOptions, 'mode' | 'keepNs'>): Sets {
  const taken = file.records.filter(({ name, type }) => keepNs || name !== zone || type !== 'NS');
  const theirs = adopt(taken, before);
  if (mode === 'merge') return new Map([...before, ...theirs]);
  return new Map([...(keepNs ? [] : ownServers(zone, before)), ...theirs]);
}

/** What an import makes of the zone. Throws every fault of the file at once. */
export async function imported(place: Place, zone: ZoneRow, text: string, options: ImportOptions): Promise<Wanted & { unchanged: number }> {
  return importedInto(zone, await loadSets(place, zone.id), text, options);
}

export function importedInto(zone: ZoneRow, before: Sets, text: string, options: ImportOptions): Wanted & { unchanged: number } {
  const file = parseZoneFile(text, zone.name, zone.defaultTtl);
  if (file.errors.length > 0 && !options.skipInvalid) throw refused(file.errors);
  const after = merged(zone.name, before, file, options);
  const faults = newFaults(zone.name, before, after);
  if (faults.length > 0) throw contradiction(faults, file);
  const skipped = file.errors.map(({ line, message }) => `Line ${line} is left out: ${message}.`);
  const notes = [...skipped, ...file.notes.slice(0, 50).map(({ line, message }) => `Line ${line}: ${message}.`)];
  // A zone that moves here keeps counting from its old serial, or its secondaries would take it for stale.
  const serial = file.soa && zone.revision <= 1 ? Number(file.soa.value.split(' ')[2]) : undefined;
  const unchanged = [...after].filter(([key, set]) => before.get(key) === set).length;
  return { zone, before, after, notes, serial, unchanged };
}

function contradiction(faults: ReturnType<typeof newFaults>, file: ParsedZone): Problem {
  const errors = faults.slice(0, 100).map(({ name, type, message }) => {
    const line = file.records.find((record) => record.name === name && record.type === type)?.line;
    return { pointer: '/zonefile', message: line === undefined ? message : `line ${line}: ${message}`, ...(line === undefined ? {} : { line }) };
  });
  return new Problem(faults[0]!.slug, `The zone would not be valid: ${errors[0]!.message}. Nothing was applied.`, { errors });
}
