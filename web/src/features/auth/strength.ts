/** Characters that a new password needs, as the server counts them. */
export const MIN_CHARACTERS = 12;

/** Nothing, too short, weak, fair, strong. */
export type Strength = 0 | 1 | 2 | 3 | 4;

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'];
const WELL_KNOWN = ['password', 'passwort', 'switchyard', 'welcome', 'willkommen', 'letmein', 'iloveyou', 'admin', 'secret', 'summer', 'winter'];

/** Length without what is easy to guess: a run along the keys, a repetition, a well-known word, a part of one's own name or address. */
function countingLength(password: string, words: readonly string[]): number {
  let rest = password.toLowerCase();
  for (const word of [...WELL_KNOWN, ...words.map((each) => each.toLowerCase())]) if (word.length >= 4) rest = rest.replaceAll(word, '#');
  rest = rest.replace(/(.{1,4})\1{2,}/gsu, '$1#');
  const characters = [...rest];
  return characters.filter((each, i) => {
    const piece = characters.slice(Math.max(0, i - 3), i + 1).join('');
    return piece.length < 4 || !RUNS.some((run) => run.includes(piece) || run.includes([...piece].reverse().join('')));
  }).length;
}

const wordsOf = (...texts: readonly string[]): string[] => texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));

/** A hint while typing; the server decides, and it also knows leaked passwords. */
export function strengthOf(password: string, name = '', email = ''): Strength {
  if (password === '') return 0;
  if ([...password].length < MIN_CHARACTERS) return 1;
  const length = countingLength(password, wordsOf(name, email));
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const variety = new Set(password.toLowerCase()).size;
  const score = length + kinds * 1.5 + Math.min(variety, 14) / 2;
  return score < 17 ? 2 : score < 25 ? 3 : 4;
}
