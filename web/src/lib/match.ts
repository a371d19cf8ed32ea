const scoreOf = (text: string, word: string): number => {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return text.length === word.length ? 1 : 0.9;
  return /[\s./:_-]/.test(text[at - 1]!) ? 0.7 : 0.4;
};

/** 0 hides an item; otherwise higher comes first. Every word typed must occur; beginnings count more than middles. */
export function match(value: string, typed: string, keywords: string[] = []): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = [value, ...keywords].map((text) => text.toLowerCase());
  const scores = words.map((word) => Math.max(...texts.map((text) => scoreOf(text, word))));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}
