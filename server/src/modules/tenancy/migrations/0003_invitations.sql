-- Only the hash of a token is kept; the token itself is in the mail and nowhere else.
create table invitations (
  tenant_id uuid not null,
  id uuid not null,
  email text not null,
  role_ids uuid[] not null check (cardinality(role_ids) between 1 and 5),
  scope jsonb not null,
  message text,
  -- The owner may let another address than the invited one accept.
  any_address boolean not null default false,
  state text not null default 'pending' check (state in ('pending', 'accepted', 'expired', 'revoked')),
  token_hash text check (token_hash ~ '^[0-9a-f]{64}$'),
  invited_by uuid not null,
  resends integer not null default 0,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants (tenant_id) on delete cascade
);
comment on table invitations is '@platform: whoever holds the token is in no tenant yet';
create unique index invitations_pending on invitations (tenant_id, lower(email)) where state = 'pending';
create unique index invitations_token on invitations (token_hash);
create index invitations_list on invitations (tenant_id, created_at, id);
create index invitations_expiry on invitations (expires_at) where state = 'pending';
