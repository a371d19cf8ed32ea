import Fastify from 'fastify';
import pg from 'pg';

/**
 * What the Gate is compared with: the shortest honest way to show a server of one tenant. Same framework, driver, pool, role, row-level
 * security, query and answer; but it asks nobody who is calling, checks no right, keeps no trace and knows one route.
 */
const { PORT, BARE_DATABASE_URL, BARE_TENANT } = process.env;
const pool = new pg.Pool({ connectionString: BARE_DATABASE_URL, max: 10 });

const COLUMNS = `id, connection_id, external_id, name, description, status, status_reason, region, zone, size, image, architecture, vcpus,
  memory_mb, disk_gb, public_ipv4, public_ipv6, environment, labels, protected, managed, monthly_amount, currency, open_findings, change_id,
  change_number, purge_after, observed_at, deleted_at, version, created_at, updated_at`;

const app = Fastify();
app.get('/health/live', async () => ({ status: 'alive' }));
app.get<{ Params: { id: string } }>('/api/v1/servers/:id', async (request, reply) => {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN READ ONLY; SELECT set_config('app.tenant_id', '${BARE_TENANT}', true)`);
    const { rows } = await client.query<Record<string, unknown>>({
      name: 'server',
      text: `select ${COLUMNS} from servers where tenant_id = $1 and id = $2`,
      values: [BARE_TENANT, request.params.id],
    });
    await client.query('COMMIT');
    return rows.length > 0 ? rows[0] : await reply.code(404).send({});
  } finally {
    client.release();
  }
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
