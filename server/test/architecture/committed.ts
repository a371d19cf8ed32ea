import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from './sources.ts';

/** A text of the repository, whatever it is for; `path` from the root. */
export interface Text {
  path: string;
  text: string;
}

const SKIPPED = /^(node_modules|dist|\.git|\.switchyard|coverage|screenshots|\.guide-.*|\.env)$/;
const TEXT = /\.(ts|tsx|mjs|js|json|md|ya?ml|sh|sql|conf|txt|csv|css|html|service|toml|py|pem|key|env|example)$|(^|\/)[^.]*$|(^|\/)\.[^/]+$/;

function* pathsBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (SKIPPED.test(entry.name)) continue;
    if (entry.isDirectory()) yield* pathsBelow(path);
    else if (entry.isFile() && TEXT.test(path)) yield path;
  }
}

export const readTexts = (): Text[] => Array.from(pathsBelow('.'), (path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** What secrets of services look like, and how long one is at the least. Those that vendors print in their manuals say EXAMPLE, and those of tests count. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\\n|\s)+(?:[\w+/=]{40,}(?:\\n|\s)+){2}/,
  'a key of AWS': /\bAKIA(?![0-9A-Z]*EXAMPLE)[0-9A-Z]{16}\b/,
  'a token of GitHub': /\b(?:gh[pousr]_(?!0123456789)[A-Za-z0-9]{36}|github_pat_\w{60})/,
  'a token of GitLab': /\bglpat-[\w-]{20}/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}/,
  'a token of Slack': /\bxox[abprs]-\d{8,}-\d{8,}-\w{16,}/,
  'a webhook of Slack': /hooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{20,}/,
  'a key of Stripe': /\b[rs]k_live_[0-9A-Za-z]{20,}/,
  'a key of Google': /\bAIza[\w-]{35}/,
  'a key of Anthropic or OpenAI': /\bsk-(?:ant-|proj-)[\w-]{40,}/,
  'a master key': /SWITCHYARD_MASTER_KEY(?:_PREVIOUS)?\s*[:=]\s*['"]?[A-Za-z0-9+/]{43}=/,
};

/** What looks like somebody's secret. The value is not repeated: whoever reads the log of a check need not have it. */
export const committedSecrets = (texts: readonly Text[]): string[] =>
  texts.flatMap(({ path, text }) =>
    Object.entries(SECRETS).flatMap(([what, pattern]) => {
      const at = text.search(pattern);
      return at === -1 ? [] : [`${path}:${text.slice(0, at).split('\n').length} has what looks like ${what}`];
    }),
  );

export interface Claim {
  /** What is promised. */
  line: string;
  /** Files of tests with the beginning of a title in each. */
  proofs: { path: string; title: string }[];
}

/** Rows of a table whose last column names tests: `path` and _title_. */
export const claimsIn = (markdown: string): Claim[] =>
  markdown
    .split('\n')
    .filter((line) => /^\| (?!-|What)/.test(line))
    .map((line) => ({
      line,
      proofs: Array.from(line.matchAll(/`((?:server|web|e2e|scripts)\/[^`]+)` _([^_]+)_/g), ([, path, title]) => ({ path: path!, title: title! })),
    }));
