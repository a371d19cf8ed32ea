-- Everything that a person signs up with and says of themselves. Outside every tenant, like the person.
alter table auth.users drop constraint users_status_check;
alter table auth.users
  add constraint users_status_check check (status in ('pending', 'active', 'suspended', 'deleted')),
  -- 'service': an account for machines, without a password; it belongs to one tenant and is made there.
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column email_verified_at timestamptz,
  add column given_name text,
  add column family_name text,
  add column locale text,
  add column zone text,
  add column avatar_id uuid,
  add column phone_e164 text,
  add column phone_verified_at timestamptz,
  add column trial_used boolean not null default false,
  -- When the password was held against the breach list; null while that is still to be done.
  add column password_checked_at timestamptz,
  add column anonymised_at timestamptz,
  add column version integer not null default 1;
-- Whoever is here already was let in by an operator, who knew the address.
update auth.users set email_verified_at = created_at;
create index users_pending on auth.users (created_at) where status = 'pending';

-- What a pending account asked for besides itself; gone once the address is verified.
create table auth.signups (
  user_id uuid primary key references auth.users (id) on delete cascade,
  tenant_name text,
  -- Of the cookie in the browser that signed up: only there does verification sign in.
  browser_hash text not null check (browser_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null
);

create table auth.email_verification_tokens (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  -- Keyed: six digits behind a plain hash are no secret.
  code_hmac text not null check (code_hmac ~ '^[0-9a-f]{64}$'),
  code_expires_at timestamptz not null,
  attempts integer not null default 0,
  sent_to text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index email_verification_tokens_user on auth.email_verification_tokens (user_id, created_at);
create index email_verification_tokens_expiry on auth.email_verification_tokens (expires_at);

create table auth.password_reset_tokens (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  attempts integer not null default 0,
  sent_to text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_reset_tokens_user on auth.password_reset_tokens (user_id, created_at);
create index password_reset_tokens_expiry on auth.password_reset_tokens (expires_at);

-- Other links in mails: each does one thing, once.
create table auth.mail_links (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  purpose text not null check (purpose in ('unlock', 'email-confirm', 'email-undo', 'not-me')),
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  sent_to text not null,
  -- The address that is wanted (email-confirm) or that was given up (email-undo).
  email text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index mail_links_user on auth.mail_links (user_id, purpose, created_at);
create index mail_links_expiry on auth.mail_links (expires_at);

create table auth.password_history (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  password_hash text not null,
  created_at timestamptz not null
);
create index password_history_user on auth.password_history (user_id, created_at);

create table auth.user_preferences (
  user_id uuid primary key references auth.users (id) on delete cascade,
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  date_format text not null default 'locale' check (date_format in ('locale', 'iso', 'relative')),
  landing_page text not null default '/dashboard',
  updated_at timestamptz not null default now()
);

-- Re-encoded by us. The id is random, so that an address of a picture tells nothing and can be cached for ever.
create table auth.avatars (
  id uuid primary key,
  user_id uuid not null unique references auth.users (id) on delete cascade,
  image bytea not null check (octet_length(image) <= 1048576),
  created_at timestamptz not null
);

-- Browsers and networks that a person has signed in from: what is not in here is news to them.
create table auth.sign_in_places (
  user_id uuid not null references auth.users (id) on delete cascade,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  alerted_at timestamptz,
  primary key (user_id, fingerprint)
);
create index sign_in_places_age on auth.sign_in_places (last_seen_at);

-- What happened to an account, for its owner to read. Evidence: added to, never changed.
create table auth.activity (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  kind text not null,
  at timestamptz not null,
  ip text,
  agent text,
  detail jsonb not null default '{}'
);
create index activity_user on auth.activity (user_id, id desc);
create index activity_age on auth.activity (at);

create function auth.keep_activity() returns trigger language plpgsql as $$
begin
  -- A person who goes takes their trail along (the cascade runs as the owner); entries end by age otherwise.
  if tg_op = 'DELETE' and (current_user = 'sy_owner' or old.at < now() - interval '400 days') then return old; end if;
  raise exception 'auth.activity is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger activity_append_only before update or delete on auth.activity for each row execute function auth.keep_activity();
