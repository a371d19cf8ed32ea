/** A registry of e2e/fakes/irrd.ts, which is no part of this package. */
export interface IrrdFake {
  host: string;
  registered: { sets: Record<string, readonly string[]>; v4: Record<number, readonly string[]>; v6: Record<number, readonly string[]> };
  asked: string[];
  hang: (yes: boolean) => void;
  close: () => Promise<void>;
}
/** PeeringDB's API of e2e/fakes/peeringdb.ts. */
export interface PeeringdbFake {
  url: string;
  asked: { path: string; authorization: string | undefined }[];
  force: (answer: { status?: number; headers?: Record<string, string>; text?: string }) => void;
  close: () => Promise<void>;
}

const fake = (name: string): Promise<Record<string, (options: unknown) => Promise<unknown>>> =>
  import(new URL(`../../e2e/fakes/${name}.ts`, import.meta.url).href) as Promise<Record<string, (options: unknown) => Promise<unknown>>>;

export const startIrrd = async (registered: IrrdFake['registered']): Promise<IrrdFake> =>
  (await fake('irrd'))['startIrrd']!(registered) as Promise<IrrdFake>;
export const startPeeringdb = async (networks: readonly object[]): Promise<PeeringdbFake> =>
  (await fake('peeringdb'))['startPeeringdb']!([...networks]) as Promise<PeeringdbFake>;
