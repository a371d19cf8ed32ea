/** What a user agent says it is, for people to recognise; nothing is decided on it. */
export interface Agent {
  device: 'desktop' | 'phone' | 'tablet' | 'program' | 'unknown';
  os: string | null;
  browser: string | null;
}

type Known = readonly (readonly [RegExp, string])[];

// The order matters: most browsers also claim to be others.
const BROWSERS: Known = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];
const SYSTEMS: Known = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPod)\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\b(Free|Open|Net)BSD\b/, 'BSD'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const named = (known: Known, text: string): string | null => known.find(([pattern]) => pattern.test(text))?.[1] ?? null;

function deviceOf(text: string): Agent['device'] {
  if (!text.startsWith('Mozilla/')) return 'program';
  if (/\biPad\b/.test(text) || (/\bAndroid\b/.test(text) && !/\bMobile\b/.test(text))) return 'tablet';
  return /\bMobile\b|\biPhone\b|\biPod\b/.test(text) ? 'phone' : 'desktop';
}

/** Programs are called by their product token, `curl/8.5` is "curl". */
export function readAgent(agent: string | null): Agent {
  if (agent === null || agent.trim() === '') return { device: 'unknown', os: null, browser: null };
  const device = deviceOf(agent);
  const product = device === 'program' ? (/^[\w.+-]{1,40}/.exec(agent)?.[0] ?? null) : null;
  return { device, os: named(SYSTEMS, agent), browser: product ?? named(BROWSERS, agent) };
}

/** "Firefox on Linux", as a mail or a list shows it. */
export function describeAgent(agent: string | null): string {
  const { os, browser } = readAgent(agent);
  if (browser && os) return `${browser} on ${os}`;
  return browser ?? os ?? 'an unknown program';
}
