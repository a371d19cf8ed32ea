-- What the operator of the installation did at the server: why, and what was before and after. Each has an entry in the operator's own
-- chain (the tenant that is none), whose hash of the input is made of these fields, so that none of them can be altered unnoticed.
create table admin_actions (
  tenant_id uuid not null,
  -- Decision id of the entry.
  id uuid not null,
  at timestamptz not null,
  operator text not null,
  operation text not null,
  -- Whom it concerned; null for the installation.
  about_tenant_id uuid,
  reason text,
  ticket text,
  approver text,
  before jsonb,
  after jsonb,
  primary key (tenant_id, id)
);
comment on table admin_actions is '@append-only @platform(select): read across tenants by the operator';
create index admin_actions_recent on admin_actions (tenant_id, at desc);
