type Fields = Record<string, unknown>;

/** What both fakes of e2e/fakes/zerotier-*.ts, which are no part of this package, have in common. */
export interface ZerotierFake {
  url: string;
  asked: { method: string; path: string; body: unknown }[];
  forced: { status: number; body?: unknown; text?: string; headers?: Record<string, string> }[];
  own: { nodeId: string; token: string; isReady: boolean; lets: boolean };
  network: (id: string) => Fields | undefined;
  member: (networkId: string, nodeId: string) => Fields | undefined;
  byHand: (path: string, body: object, method?: string) => { status: number; body?: unknown };
  joins: (networkId: string, nodeId: string) => void;
  start: () => Promise<void>;
  stop: () => Promise<void>;
  close: () => Promise<void>;
}

const load = async <T>(name: string): Promise<T> => (await import(new URL(`../../e2e/fakes/${name}.ts`, import.meta.url).href)) as T;

/** A controller of one's own, as ZeroTier One has it. */
export async function startZerotierController(
  options: { nodeId?: string; token?: string; stateDir?: string; unstable?: boolean } = {},
): Promise<ZerotierFake> {
  const fake = await load<{ startZerotierController: (given: object) => Promise<ZerotierFake> }>('zerotier-controller');
  return fake.startZerotierController(options);
}
/** ZeroTier's hosted service. */
export async function startZerotierCentral(options: { token?: string; networks?: readonly string[] } = {}): Promise<ZerotierFake> {
  const fake = await load<{ startZerotierCentral: (given: object) => Promise<ZerotierFake> }>('zerotier-central');
  return fake.startZerotierCentral(options);
}
