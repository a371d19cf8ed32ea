/** Of a tenant: so many transactions at once, and so many executions in one. */
const LANES = 2;
const MOST = 32;

interface Waiting<T, R> {
  item: T;
  resolve: (result: R | PromiseLike<R>) => void;
  reject: (error: unknown) => void;
}

/**
 * Has the work of several done at once: what comes while a tenant's transactions are under way goes with the next, so that one commit
 * serves many where there are many, and nobody waits for company. `act` answers for each, in order, at once or later; what it throws holds for all of them.
 */
export function createBatches<T, R>(act: (tenantId: string, items: readonly T[]) => Promise<readonly (R | PromiseLike<R>)[]>) {
  const tenants = new Map<string, { waiting: Waiting<T, R>[]; lanes: number; soon: boolean }>();

  async function carry(tenantId: string, batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await act(tenantId, batch.map(({ item }) => item)); // prettier-ignore
      for (const [at, { resolve }] of batch.entries()) resolve(results[at]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  function go(tenantId: string): void {
    const tenant = tenants.get(tenantId);
    if (!tenant) return;
    tenant.soon = false;
    while (tenant.lanes < LANES && tenant.waiting.length > 0) {
      tenant.lanes += 1;
      void carry(tenantId, tenant.waiting.splice(0, MOST)).finally(() => {
        tenant.lanes -= 1;
        if (tenant.waiting.length > 0) go(tenantId);
        else if (tenant.lanes === 0) tenants.delete(tenantId);
      });
    }
  }

  return (tenantId: string, item: T): Promise<R> =>
    new Promise((resolve, reject) => {
      let tenant = tenants.get(tenantId);
      if (!tenant) tenants.set(tenantId, (tenant = { waiting: [], lanes: 0, soon: false }));
      tenant.waiting.push({ item, resolve, reject });
      if (tenant.soon || tenant.lanes >= LANES) return;
      // What the same packets from outside have brought about goes together.
      tenant.soon = true;
      setImmediate(go, tenantId);
    });
}
