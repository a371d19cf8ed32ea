-- Second factors of persons. A secret that has to be read again is encrypted, bound to its person and row; all else is a keyed hash.
create table auth.mfa_factors (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null check (kind in ('totp', 'sms')),
  label text not null,
  -- TOTP only: SMS goes to the person's verified phone number.
  secret_sealed text check ((kind = 'totp') = (secret_sealed is not null)),
  -- The newest time step that was accepted: none is accepted twice, and none before it.
  last_step bigint,
  created_at timestamptz not null,
  -- Of one that is being set up; null once it is verified.
  expires_at timestamptz,
  verified_at timestamptz,
  last_used_at timestamptz,
  check ((verified_at is null) = (expires_at is not null))
);
-- A new authenticator can be set up while the old one still counts.
create unique index mfa_factors_verified on auth.mfa_factors (user_id, kind) where verified_at is not null;
create unique index mfa_factors_pending on auth.mfa_factors (user_id, kind) where verified_at is null;
create index mfa_factors_user on auth.mfa_factors (user_id);

create table auth.mfa_backup_codes (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  code_hmac text not null check (code_hmac ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  used_at timestamptz,
  unique (user_id, code_hmac)
);

-- Who has proven one factor and owes another. The id that the browser holds is in here as a hash only.
create table auth.login_challenges (
  id_hash text primary key check (id_hash ~ '^[0-9a-f]{64}$'),
  user_id uuid not null references auth.users (id) on delete cascade,
  amr text[] not null,
  factors text[] not null,
  -- What the sign-in asked for: kind of token, tenant, whether to be remembered.
  arrival jsonb not null,
  -- The identity provider of the first factor, with its tokens.
  provider_sealed text,
  attempts integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index login_challenges_user on auth.login_challenges (user_id);
create index login_challenges_expiry on auth.login_challenges (expires_at);

-- Ceremonies of WebAuthn that are under way, found by the hash of their challenge; each ends with the first answer.
create table auth.webauthn_ceremonies (
  challenge_hash text primary key check (challenge_hash ~ '^[0-9a-f]{64}$'),
  purpose text not null check (purpose in ('register', 'sign-in', 'second-factor', 'step-up')),
  -- Nobody in particular at a sign-in: the passkey says who it is.
  user_id uuid references auth.users (id) on delete cascade,
  -- Session or challenge that it belongs to.
  bound_to text,
  expires_at timestamptz not null,
  check ((user_id is null) = (purpose = 'sign-in'))
);
create index webauthn_ceremonies_user on auth.webauthn_ceremonies (user_id);
create index webauthn_ceremonies_expiry on auth.webauthn_ceremonies (expires_at);

create table auth.otp_codes (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  purpose text not null check (purpose in ('phone', 'sms-setup', 'second-factor', 'step-up')),
  -- Session or challenge that asked for it: a code is of no use anywhere else.
  bound_to text not null,
  address text not null,
  code_hmac text not null check (code_hmac ~ '^[0-9a-f]{64}$'),
  attempts integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index otp_codes_user on auth.otp_codes (user_id, purpose, created_at);
create index otp_codes_expiry on auth.otp_codes (expires_at);

create table auth.passkeys (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  credential_id text not null unique,
  -- COSE (RFC 9052), as the authenticator gave it.
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  aaguid text not null,
  backed_up boolean not null,
  label text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_user on auth.passkeys (user_id, created_at);

create table auth.trusted_devices (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  device_hash text not null unique check (device_hash ~ '^[0-9a-f]{64}$'),
  agent text,
  ip text,
  created_at timestamptz not null,
  last_used_at timestamptz,
  trusted_until timestamptz not null,
  revoked_at timestamptz
);
create index trusted_devices_user on auth.trusted_devices (user_id, created_at);
create index trusted_devices_expiry on auth.trusted_devices (trusted_until);

-- After a change of number nobody gets in by SMS for a day: time to notice that somebody else made the change.
alter table auth.users add column sms_usable_from timestamptz;
