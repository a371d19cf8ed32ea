-- Somebody may be signed in who has no tenant yet, or has chosen none.
alter table auth.sessions
  alter column tenant_id drop not null,
  -- A pair has no secret of its own to look up: its refresh token is recomputed from the seed.
  alter column token_hash drop not null,
  drop constraint sessions_kind_check,
  add constraint sessions_kind_check check (kind in ('cookie', 'bearer', 'pair')),
  add column version integer not null default 1,
  add column amr text[] not null default '{pwd}',
  add column level smallint not null default 1 check (level in (1, 2)),
  add column auth_time timestamptz,
  add column proven_at timestamptz,
  -- How long it lives without being used; a tenant may ask for less than the usual.
  add column idle_seconds integer not null default 28800,
  add column agent text,
  -- The identity at another provider that the session rests on; its tokens are sealed.
  add column provider text,
  add column issuer text,
  add column subject text,
  add column provider_sid text,
  add column provider_tokens text,
  add column seed text,
  add column generation integer,
  add column rotated_at timestamptz,
  add constraint sessions_secret check ((kind = 'pair') = (token_hash is null) and (kind = 'pair') = (seed is not null and generation is not null));
update auth.sessions set auth_time = created_at, proven_at = created_at;
alter table auth.sessions alter column auth_time set not null, alter column proven_at set not null;
create index sessions_subject on auth.sessions (issuer, subject) where issuer is not null;
create index sessions_provider_sid on auth.sessions (issuer, provider_sid) where provider_sid is not null;

-- Keys that sign access tokens (ES256); the private part is sealed under a key derived from the master key.
create table auth.signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  private_sealed text not null,
  created_at timestamptz not null
);
create index signing_keys_age on auth.signing_keys (created_at);
