-- A key is made from the passphrase on the device, as `kdf` says; '' in both: there is no passphrase.
ALTER TABLE accounts RENAME COLUMN passphrase TO key_hash;
ALTER TABLE accounts ADD COLUMN kdf TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN recovery_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN verified_at INTEGER;
ALTER TABLE accounts ADD COLUMN disabled_at INTEGER;
ALTER TABLE accounts ADD COLUMN delete_at INTEGER;

ALTER TABLE sessions ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN provider TEXT NOT NULL DEFAULT '';

CREATE TABLE passkeys (
  account TEXT NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  id TEXT NOT NULL,
  public_key BLOB NOT NULL,
  sign_count INTEGER NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  transports TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE identities (
  account TEXT NOT NULL REFERENCES accounts (account) ON DELETE CASCADE,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, issuer, subject),
  UNIQUE (issuer, subject)
) STRICT, WITHOUT ROWID;

-- What is good for one use and a while. Many are of somebody who has no account yet, or none known.
CREATE TABLE tickets (
  hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  account TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tickets_by_account ON tickets (account);

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
