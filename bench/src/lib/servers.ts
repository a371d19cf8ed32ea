import type { Bench } from './database.ts';

/** `count` servers of a tenant, written by the database itself: their ages, names, sizes and labels differ. */
export async function seedServers({ sql }: Bench, tenantId: string, count: number): Promise<void> {
  const [connection] = await sql<{ id: string }>(
    `insert into cloud_connections (tenant_id, id, name, kind, config, status, created_by)
     values ($1, uuidv7(), 'bench', 'simulated', '{}', 'active', 'bench') returning id`,
    [tenantId],
  );
  await sql(
    `insert into servers (tenant_id, id, connection_id, external_id, name, status, region, size, image, architecture, vcpus, memory_mb, disk_gb,
       reserved_vcpus, public_ipv4, environment, labels, protected, desired, managed, monthly_amount, currency, made_by, created_by, created_at, updated_at)
     select $1, uuidv7(interval '1 second' * (n - $3::int)), $2, 'ext-' || n, 'web-' || md5(n::text), (array['running', 'stopped', 'error'])[1 + n % 3], 'fsn1', 'small', 'debian-13', 'x86',
       2, 4096, 40, 2, '192.0.2.' || n % 256, (array['dev', 'staging', 'prod'])[1 + n % 3],
       jsonb_build_object('app', 'app-' || n % 50, 'tier', (array['front', 'back'])[1 + n % 2]), false,
       '{"name":"x","size":"small","labels":{},"protected":false,"power":"on"}', 'managed', 400 + n % 1000, 'EUR', $2, 'bench',
       now() - interval '1 second' * ($3::int - n), now()
     from generate_series(1, $3::int) n`,
    [tenantId, connection!.id, count],
  );
  await sql('vacuum analyze servers');
}
