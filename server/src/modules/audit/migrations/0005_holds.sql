-- Old files go by the clock.
comment on table audit_exports is '@platform(select, delete): files whose time is over are swept across tenants';

-- While one is not lifted, nothing of the tenant, or of the person, is deleted by the clock.
create table audit_holds (
  tenant_id uuid not null,
  id uuid not null,
  -- Null: the whole tenant.
  subject_id text,
  subject_name text,
  reason text not null,
  placed_by text not null,
  placed_by_name text not null,
  placed_at timestamptz not null,
  lifted_by text,
  lifted_by_name text,
  lifted_at timestamptz,
  lift_reason text,
  primary key (tenant_id, id)
);
comment on table audit_holds is '@platform(select): asked by the retention job across tenants';
create unique index audit_holds_open on audit_holds (tenant_id, coalesce(subject_id, '')) where lifted_at is null;
