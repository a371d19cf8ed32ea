import type { Config } from '#kernel/config.ts';
import { asStartError } from '../embedded/index.ts';

/** What the doctor found about one part; `remedy` says what to do when it is not well. */
export interface Finding {
  name: string;
  ok: boolean;
  detail: string;
  remedy?: string;
}

/** The answer of one look; whatever it throws becomes one that is not well. */
export async function finding(name: string, look: (config: Config) => Promise<Finding> | Finding, config: Config): Promise<Finding> {
  try {
    return await look(config);
  } catch (error) {
    return failed(name, error);
  }
}

export function failed(name: string, error: unknown): Finding {
  const known = asStartError(error);
  if (known) return { name, ok: false, detail: known.message, remedy: known.remedy };
  return {
    name,
    ok: false,
    detail: error instanceof Error ? error.message : String(error),
    remedy: 'Start once with SWITCHYARD_LOG_LEVEL=debug and read what is logged.',
  };
}
