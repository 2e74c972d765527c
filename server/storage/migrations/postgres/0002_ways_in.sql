-- A key is made from the passphrase on the device, as `kdf` says; '' in both: there is no passphrase.
ALTER TABLE accounts RENAME COLUMN passphrase TO key_hash;
ALTER TABLE accounts
  ADD COLUMN kdf text NOT NULL DEFAULT '',
  ADD COLUMN recovery_hash text NOT NULL DEFAULT '',
  ADD COLUMN verified_at bigint,
  ADD COLUMN disabled_at bigint,
  ADD COLUMN delete_at bigint;

ALTER TABLE sessions
  ADD COLUMN proved_at bigint NOT NULL DEFAULT 0,
  ADD COLUMN label text NOT NULL DEFAULT '',
  ADD COLUMN provider text NOT NULL DEFAULT '';

CREATE TABLE passkeys (
  account text COLLATE "C" NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  public_key bytea NOT NULL,
  sign_count bigint NOT NULL,
  name text NOT NULL,
  created_at bigint NOT NULL,
  used_at bigint NOT NULL,
  transports text NOT NULL,
  PRIMARY KEY (account, id)
);

CREATE TABLE identities (
  account text COLLATE "C" NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  issuer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  provider text NOT NULL,
  label text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (account, issuer, subject),
  UNIQUE (issuer, subject)
);

-- What is good for one use and a while. Many are of somebody who has no account yet, or none known.
CREATE TABLE tickets (
  hash text COLLATE "C" PRIMARY KEY,
  purpose text NOT NULL,
  account text COLLATE "C" NOT NULL,
  body text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);

CREATE INDEX tickets_by_account ON tickets (account);

CREATE TABLE secrets (
  name text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);
