/** So many at once with one key, and with all keys together, in this process. */
export interface Berths {
  each: number;
  all?: number;
}

/** For work that holds something scarce while it waits for others: whoever finds no place is told at once. `full` makes what is thrown then. */
export function createBerths({ each, all = Infinity }: Berths, full: () => Error) {
  const busy = new Map<string, number>();
  let taken = 0;
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const open = busy.get(key) ?? 0;
    if (open >= each || taken >= all) throw full();
    busy.set(key, open + 1);
    taken += 1;
    try {
      return await work();
    } finally {
      taken -= 1;
      const left = busy.get(key)! - 1;
      if (left > 0) busy.set(key, left);
      else busy.delete(key);
    }
  };
}
