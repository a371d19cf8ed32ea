/** How keys of services look that are known, and what stands in front of a token. Each is bounded, so that looking takes no longer than the text. */
export const CREDENTIALS: readonly { kind: string; pattern: RegExp }[] = [
  { kind: 'an AWS key', pattern: /\bAKIA[0-9A-Z]{16}\b/ },
  { kind: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,255}\b|\bgithub_pat_[A-Za-z0-9_]{40,255}\b/ },
  { kind: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,64}\b/ },
  { kind: 'a Slack token', pattern: /\bxox[abeprs]-[A-Za-z0-9-]{10,200}\b/ },
  { kind: 'a Stripe key', pattern: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,200}\b/ },
  { kind: 'a key of a model provider', pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,200}\b/ },
  { kind: 'a Google key', pattern: /\bAIza[0-9A-Za-z_-]{35}\b/ },
  { kind: 'a JSON Web Token', pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,2000}/ },
  { kind: 'a private key', pattern: /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/ },
  { kind: 'an Authorization header', pattern: /\b(?:Bearer|Basic) [A-Za-z0-9+/=._-]{20,2000}/ },
  { kind: 'an address with a password', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/{}]{1,100}:[^\s:@/{}]{3,100}@/i },
];

export const looksSecret = (text: string): boolean => CREDENTIALS.some(({ pattern }) => pattern.test(text));
