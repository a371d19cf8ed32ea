/** A named interface to the outside that a module asks for and `app.ts` fills in. `T` lives in the type only. */
export interface Port<T> {
  readonly port: string;
  readonly type?: T;
}
export const definePort = <T>(name: string): Port<T> => ({ port: name });

export type Adapters = ReadonlyMap<string, unknown>;

export const adapters = (...pairs: (readonly [Port<unknown>, unknown])[]): Adapters => new Map(pairs.map(([port, adapter]) => [port.port, adapter]));

/** Type-checked pair for `adapters`. */
export const provide = <T>(port: Port<T>, adapter: T): readonly [Port<unknown>, unknown] => [port, adapter];

export const providerOf =
  (found: Adapters) =>
  <T>(port: Port<T>): T => {
    if (!found.has(port.port)) throw new Error(`no adapter for port "${port.port}": wire it in app.ts`);
    return found.get(port.port) as T;
  };
