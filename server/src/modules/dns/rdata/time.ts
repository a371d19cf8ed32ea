const UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of `3600`, `1h` or `1h30m`; undefined for text that is no time. The caller looks whether it is too long. */
export function parseSeconds(text: string): number | undefined {
  if (text.length > 32 || !/^(\d+|(\d+[smhdw])+)$/i.test(text)) return undefined;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([a-z]?)/gi)) seconds += Number(count) * UNITS[unit!.toLowerCase()]!;
  return seconds;
}
