/** Times of a zone in the form of an input of type datetime-local: `2026-12-24T08:00`. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }); // prettier-ignore
  formats.set(zone, made);
  return made;
}

/** What the clocks of a zone show at a moment. */
export function localIn(zone: string, at: number): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
}

/** The moment at which the clocks of a zone show this; of an hour that is skipped, the one after it. NaN when it is no time. */
export function momentOf(zone: string, local: string): number {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return Number.NaN;
  const offsetAt = (at: number): number => Date.parse(`${localIn(zone, at)}Z`) - Math.floor(at / 60_000) * 60_000;
  // Twice, because the offset that counts is the one at the moment that is looked for.
  const near = wanted - offsetAt(wanted);
  return wanted - offsetAt(near);
}

/** The zone of the reader. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
