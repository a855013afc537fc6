-- The public half of the key of each chain, in PEM.
CREATE TABLE audit_keys (
  chain VARCHAR(40) NOT NULL PRIMARY KEY,
  public_key TEXT NOT NULL
);

CREATE TABLE audit_log (
  chain VARCHAR(40) NOT NULL,
  seq BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  event VARCHAR(40) NOT NULL,
  query_id VARCHAR(40) NOT NULL,
  body TEXT NOT NULL,
  hash VARCHAR(64) NOT NULL,
  PRIMARY KEY (chain, seq)
);

CREATE INDEX audit_log_recorded ON audit_log (recorded);
CREATE INDEX audit_log_event ON audit_log (chain, event, seq);

CREATE TABLE audit_checkpoints (
  chain VARCHAR(40) NOT NULL,
  seq BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  hash VARCHAR(64) NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (chain, seq)
);

-- Encrypted, with the name as associated data.
CREATE TABLE source_secrets (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  ciphertext TEXT NOT NULL,
  changed BIGINT NOT NULL
);
