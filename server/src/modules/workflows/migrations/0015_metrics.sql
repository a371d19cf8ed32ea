-- Figures that workflows keep: a series for each name with its labels, and what was kept of it.
create table workflow_metrics (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  labels jsonb not null,
  -- The labels as one text, in the order of their names: a series is there once.
  labels_key text not null,
  unit text,
  last_value double precision not null,
  last_at timestamptz not null,
  -- How many samples are kept, so that nobody has to count them.
  samples integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name, labels_key)
);

create table workflow_metric_samples (
  tenant_id uuid not null,
  id uuid not null,
  metric_id uuid not null,
  at timestamptz not null,
  value double precision not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, metric_id) references workflow_metrics (tenant_id, id) on delete cascade
);
create index workflow_metric_samples_at on workflow_metric_samples (tenant_id, metric_id, at);
create index workflow_metric_samples_old on workflow_metric_samples (tenant_id, at);
