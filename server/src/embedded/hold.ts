import { parseArgs } from 'node:util';
import { startEmbedded, StartError } from './index.ts';

/**
 * `node server/src/embedded/hold.ts --dir .switchyard/postgres`: keeps the embedded PostgreSQL up for another program (`npm run dev`,
 * a bench, psql). Prints `{"url":…,"adopted":…}` once, and stops on a signal or when its input ends.
 */
const { values } = parseArgs({ options: { dir: { type: 'string' }, cache: { type: 'string' }, throwaway: { type: 'boolean', default: false } } });
if (!values.dir) throw new Error('hold.ts needs --dir');

try {
  const database = await startEmbedded({
    dir: values.dir,
    throwaway: values.throwaway,
    log: (line) => void process.stderr.write(`${line}\n`),
    onLost: (error) => leave(1, error),
    ...(values.cache ? { cacheDir: values.cache } : {}),
  });
  const stop = (): void => void database.stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  process.stdin.resume().once('end', stop).once('error', stop);
  process.stdout.write(`${JSON.stringify({ url: database.url, adopted: database.adopted })}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  leave(1, error);
}

function leave(code: number, { message, remedy }: StartError): void {
  process.stderr.write(`${message} ${remedy}\n`);
  process.exit(code);
}
