-- One row: a number that is another after each change of users or API keys.
CREATE TABLE accounts_state (
  id INTEGER NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);

INSERT INTO accounts_state (id, version) VALUES (1, 1);
