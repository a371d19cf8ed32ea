-- What was seen of the sessions of members, so that it is told once, and only when it stays.
create table exchange_sessions (
  tenant_id uuid not null,
  id uuid not null,
  route_server_id uuid not null,
  connection_id uuid not null,
  -- Its name on the route server.
  protocol text collate "C" not null,
  -- What was told of it last, and when; never told at first, as which it is down.
  told text not null default 'down' check (told in ('up', 'down')),
  told_at timestamptz,
  -- The other thing, seen since then: it is told when it is there still after a while.
  seen text check (seen in ('up', 'down')),
  seen_at timestamptz,
  -- How many routes it had and had refused when it was asked for the reasons, and when that was.
  asked_mark text,
  asked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, route_server_id, protocol),
  foreign key (tenant_id, route_server_id) references exchange_route_servers (tenant_id, id) on delete cascade,
  foreign key (tenant_id, connection_id) references exchange_connections (tenant_id, id) on delete cascade
);
create index exchange_sessions_connection on exchange_sessions (tenant_id, connection_id);

-- On which day the first route of a connection was told that is refused for a reason.
create table exchange_refusals (
  tenant_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  -- The number in the large community (route server ASN, 1101, n); 0 where there is none.
  code integer not null,
  -- Of UTC, as 2026-11-22.
  day text collate "C" not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, connection_id, code),
  foreign key (tenant_id, connection_id) references exchange_connections (tenant_id, id) on delete cascade
);

alter table exchange_connections
  -- By its sessions on all route servers, as they were told; nothing while none of them has it.
  add column health text check (health in ('up', 'degraded', 'down'));

-- What a server has when it is first looked at is no news where it was served before this was written down.
alter table exchange_route_server_access add column sessions_known boolean not null default false;
alter table exchange_route_server_access alter column sessions_known set default true;
