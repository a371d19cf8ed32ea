/** What stands in examples, in the place of a secret. */
const PLACEHOLDER =
  /^(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this)|your[-_ ].*|my[-_ ]?secret|secret|password|passw0rd|token|example|sample|test|todo|dummy|default|x{3,}|\.{3,}|<.*>|\$\{.*\}|\{\{.*\}\})[\d!]*$/i;
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text.trim());

/** Of 32 random bytes some thirty differ, and fewer than 16 in no key that anybody will ever draw: it was typed, or is one byte over and over. */
export const isRandom = (key: Uint8Array): boolean => new Set(key).size >= 16;

/** Settings that are secrets by their name; keys of the installation are looked at as bytes. */
const SECRET = /^SWITCHYARD_(?!MASTER_KEY).*(?:SECRET|TOKEN|API_KEY)$/;
const LOGINS = ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL'];
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|)$/;

function loginFault(name: string, text: string): string | undefined {
  const url = URL.parse(text);
  // On the machine itself a database of a laboratory may have any password.
  if (!url || url.password === '' || LOOPBACK.test(url.hostname)) return undefined;
  return isPlaceholder(decodeURIComponent(url.password))
    ? `${name}: its password is one that stands in examples; give the login a password of its own`
    : undefined;
}

/** Secrets that everybody knows: one line each, without the value. */
export function weakSecrets(found: Readonly<Record<string, unknown>>): string[] {
  const values = Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return values.flatMap(([name, text]) => {
    if (SECRET.test(name)) return isPlaceholder(text) ? [`${name}: this is what stands in examples, and no secret; make one with: openssl rand -base64 32`] : [];
    return LOGINS.includes(name) ? (loginFault(name, text) ?? []) : [];
  });
} // prettier-ignore
