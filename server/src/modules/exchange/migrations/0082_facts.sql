-- What PeeringDB says of a network, beside what people set: theirs goes before it, and is never written over.
alter table exchange_participants
  -- { netId, name, asSet, maxPrefixesV4, maxPrefixesV6, website, nocEmail, policyUrl, neverViaRs }
  add column peeringdb jsonb,
  -- When it said so, when it was asked last, and why it did not answer then.
  add column peeringdb_at timestamptz,
  add column peeringdb_tried_at timestamptz,
  add column peeringdb_problem text;
