/** @param {number} from milliseconds of `Date.now()` */
const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(1)} s`;

const live = process.stdout.isTTY;

/**
 * Numbered steps with their durations. On a terminal the running step counts its seconds in place.
 * @param {number} total
 * @param {(line: string) => void} [print]
 */
export function steps(total, print = (line) => void process.stdout.write(line)) {
  let number = 0;
  /**
   * @template T
   * @param {string} title
   * @param {(say: (what: string) => void) => Promise<T>} work
   */
  const step = async (title, work) => {
    number += 1;
    const from = Date.now();
    const head = `  ${number}/${total}  ${title.padEnd(14)}`;
    const clear = live ? '\r\u001b[K' : '';
    let what = '';
    const timer = live ? setInterval(() => print(`${clear}${head}${what} … ${seconds(from)}`), 200) : undefined;
    try {
      const result = await work((said) => {
        what = said;
      });
      print(`${clear}${head}${what || 'done'} (${seconds(from)})\n`);
      return result;
    } catch (error) {
      print(`${clear}${head}failed after ${seconds(from)}\n`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
  return { step };
}
