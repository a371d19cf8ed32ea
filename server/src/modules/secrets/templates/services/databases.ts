import { inCategory, like, number, optional, secret, text, url } from '../template.ts';

const database = inCategory('Databases');

export const databases = [
  database(
    'postgresql',
    'PostgreSQL',
    text('PGHOST', 'Host', 'Name or address of the server'),
    number('PGPORT', 'Port', '5432 when left out', optional),
    text('PGDATABASE', 'Database', 'Which of the server’s databases'),
    text('PGUSER', 'User', 'A role of its own for each application'),
    secret('PGPASSWORD', 'Password', 'Of that role'),
  ),
  database(
    'mysql',
    'MySQL',
    text('MYSQL_HOST', 'Host', 'Name or address of the server'),
    number('MYSQL_TCP_PORT', 'Port', '3306 when left out', optional),
    text('MYSQL_DATABASE', 'Database', 'Which of the server’s databases'),
    text('MYSQL_USER', 'User', 'An account of its own for each application'),
    secret('MYSQL_PASSWORD', 'Password', 'Of that account'),
  ),
  database(
    'mariadb',
    'MariaDB',
    text('MARIADB_HOST', 'Host', 'Name or address of the server'),
    text('MARIADB_DATABASE', 'Database', 'Which of the server’s databases'),
    text('MARIADB_USER', 'User', 'An account of its own for each application'),
    secret('MARIADB_PASSWORD', 'Password', 'Of that account'),
  ),
  database('mongodb', 'MongoDB', secret('MONGODB_URI', 'Connection string', 'With user and password in it', like('^mongodb(\\+srv)?://'))),
  database('redis', 'Redis or Valkey', secret('REDIS_URL', 'Address', 'rediss:// with TLS; the password stands in it', like('^rediss?://'))),
  database(
    'sql-server',
    'Microsoft SQL Server',
    text('MSSQL_HOST', 'Host', 'Name or address of the server'),
    text('MSSQL_DATABASE', 'Database', 'Which of the server’s databases'),
    text('MSSQL_USER', 'Login', 'A login of its own for each application'),
    secret('MSSQL_PASSWORD', 'Password', 'Of that login'),
  ),
  database(
    'clickhouse',
    'ClickHouse',
    url('CLICKHOUSE_URL', 'HTTP interface', 'With its port: 8123, or 8443 with TLS'),
    text('CLICKHOUSE_USER', 'User', '“default” when left out', optional),
    secret('CLICKHOUSE_PASSWORD', 'Password', 'Of that user'),
  ),
  database(
    'elasticsearch',
    'Elasticsearch',
    url('ELASTICSEARCH_URL', 'Address', 'Of the cluster, with its port'),
    secret('ELASTICSEARCH_API_KEY', 'API key', 'Stack management, API keys: the encoded form', like('^[A-Za-z0-9+/_-]+=*$')),
  ),
  database(
    'influxdb',
    'InfluxDB 2',
    url('INFLUX_HOST', 'Address', 'Of the server or cloud region'),
    text('INFLUX_ORG', 'Organisation', 'Name or ID'),
    secret('INFLUX_TOKEN', 'API token', 'Load data, API tokens'),
  ),
  database(
    'neo4j',
    'Neo4j',
    text('NEO4J_URI', 'Address', 'neo4j+s:// for Aura', like('^(neo4j|bolt)(\\+s(sc)?)?://')),
    text('NEO4J_USERNAME', 'User', '“neo4j” at first'),
    secret('NEO4J_PASSWORD', 'Password', 'Of that user'),
  ),
  database(
    'supabase',
    'Supabase',
    url('SUPABASE_URL', 'Project address', 'Project settings, API'),
    secret('SUPABASE_SERVICE_ROLE_KEY', 'Service role key', 'Passes row-level security: for servers only'),
    text('SUPABASE_ANON_KEY', 'Anonymous key', 'For browsers', optional),
  ),
  database(
    'turso',
    'Turso',
    text('TURSO_DATABASE_URL', 'Database address', 'turso db show --url', like('^libsql://')),
    secret('TURSO_AUTH_TOKEN', 'Token', 'turso db tokens create'),
  ),
  database(
    'snowflake',
    'Snowflake',
    text('SNOWFLAKE_ACCOUNT', 'Account identifier', 'Organisation and account, with a dash between'),
    text('SNOWFLAKE_USER', 'User', 'A user of type SERVICE'),
    secret('SNOWFLAKE_PASSWORD', 'Password or access token', 'A programmatic access token stands in for a password'),
  ),
];
