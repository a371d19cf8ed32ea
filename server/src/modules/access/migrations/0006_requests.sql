-- Somebody asks for a role for some hours; whoever could give it agrees, and it ends by itself.
create table access_requests (
  tenant_id uuid not null,
  id uuid not null,
  requester_id uuid not null,
  role_id uuid not null,
  -- What was asked for by name of a permission, when no role was named.
  permission text,
  scope jsonb not null,
  minutes integer not null check (minutes between 15 and 720),
  start_at timestamptz,
  reason text not null,
  status text not null check (status in ('pending', 'approved', 'rejected', 'cancelled', 'expired', 'ended')),
  expires_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  comment text,
  -- The grant that came of it; of an extension, the one that it lengthens.
  grant_id uuid,
  ends_at timestamptz,
  ended_by uuid,
  extends_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, role_id) references roles (tenant_id, id),
  foreign key (tenant_id, grant_id) references grants (tenant_id, id),
  foreign key (tenant_id, extends_id) references access_requests (tenant_id, id)
);
create index access_requests_requester on access_requests (tenant_id, requester_id, id desc);
create index access_requests_status on access_requests (tenant_id, status, id desc);
create index access_requests_role on access_requests (tenant_id, role_id);
create index access_requests_grant on access_requests (tenant_id, grant_id);
-- Extended once: a second wish may follow only one that came to nothing.
create unique index access_requests_extends on access_requests (tenant_id, extends_id) where status in ('pending', 'approved', 'ended');
create index access_requests_extended on access_requests (tenant_id, extends_id);
