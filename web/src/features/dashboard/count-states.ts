/** How many are in each state, most first. */
export function countStates(items: readonly { status?: string; state?: string }[]): { state: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { status, state } of items) {
    const key = status ?? state ?? 'unknown';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => ({ state, count })).sort((a, b) => b.count - a.count);
}
