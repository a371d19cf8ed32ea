import { expect, test, vi } from 'vitest';
import '#kernel/problems.ts';
import { createRegistry } from '#kernel/registry.ts';
import type { Asking } from './asking.ts';
import { createTools } from './calls.ts';
import type { Ctx, McpDeps } from './deps.ts';

test('what goes wrong with us while tools are listed is in the log, and not in the answer', async () => {
  const error = vi.fn<McpDeps['log']['error']>();
  const deps = {
    registry: createRegistry([]),
    gate: { actor: () => Promise.reject(new Error('Failed query: select secret from keys')) },
    exchangeOf: () => ({ call: { requestId: 'r-1' }, naming: 'underscore' }),
    log: { error },
  } as unknown as McpDeps;
  const refusal = await createTools(deps, {} as Asking).list({} as Ctx).catch((thrown: unknown) => thrown); // prettier-ignore
  expect(refusal).toMatchObject({ code: -32000, data: { status: 500 } });
  expect(JSON.stringify([(refusal as Error).message, refusal])).not.toContain('select');
  expect(error).toHaveBeenCalledOnce();
});
