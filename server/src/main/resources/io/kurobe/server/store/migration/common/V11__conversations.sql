-- Conversations that have a name: what was asked so far, as JSON. Times are milliseconds since 1970 in UTC.
CREATE TABLE conversations (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  owner VARCHAR(200) NOT NULL,
  turns TEXT NOT NULL,
  last_used BIGINT NOT NULL
);

CREATE INDEX conversations_owner ON conversations (owner, last_used);
