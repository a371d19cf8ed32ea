import { plantCanary, searchRemains, searchRunning } from './canary-search.ts';
import { newHome, removeHome } from './home.ts';
import { productIn, type Login } from './process.ts';

export { freePort, type Login } from './process.ts';

/** The whole product in a process and folder of its own, as `npm start` runs it. */
export interface Product {
  url: string;
  mcpUrl: string;
  home: string;
  pid: number;
  dnsPort: number;
  /** The first demo login with this role. */
  as: (role: string) => Login;
  logins: () => readonly Login[];
  /** What it has printed so far. */
  output: () => string;
  /** Ends it as a signal would; the folder stays. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
  /** Starts it again on the same folder and port. */
  start: () => Promise<void>;
  /** Ends it and removes its folder, having looked everywhere for the value of a secret that it was given: throws when it was seen. */
  close: () => Promise<void>;
}

export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const home = await newHome();
  const { dnsPort, pid, runs, demo, output, everything, start, stop } = await productIn(home, environment);
  const loginOf = (wanted: (login: Login) => boolean, words: string): Login => demo().users.find(wanted) ?? raise(`no demo login ${words}`);

  async function begin(): Promise<[Login, Awaited<ReturnType<typeof plantCanary>>]> {
    await start();
    // In the tenant that journeys look at least.
    const keeper = loginOf(({ tenant, role }) => tenant === 'globex' && role === 'owner', 'owns the second tenant');
    return [keeper, await plantCanary({ url: demo().url, home }, keeper)];
  }
  const [keeper, canary] = await begin().catch(async (error: unknown) => {
    await stop();
    await removeHome(home);
    throw error;
  });
  return {
    get url() {
      return demo().url;
    },
    get mcpUrl() {
      return demo().mcpUrl;
    },
    get pid() {
      return pid();
    },
    home,
    dnsPort,
    as: (role) => loginOf((login) => login.role === role, `has the role ${role}`),
    logins: () => demo().users,
    output,
    stop,
    start,
    async close() {
      try {
        if (runs()) await searchRunning({ url: demo().url, home }, keeper, canary, environment['DATABASE_URL'] ?? process.env['DATABASE_URL']);
        await stop();
        await searchRemains({ home }, everything());
      } catch (error) {
        // Told at once: the runner may not live to tell it.
        process.stdout.write(`# what the product left is not as it should be: ${String(error)}\n`);
        // What the journey would have closed after us keeps its process alive.
        setTimeout(() => process.exit(1), 10_000).unref();
        throw error;
      } finally {
        await stop();
        await removeHome(home);
      }
    },
  };
}

const raise = (message: string): never => {
  throw new Error(message);
};
