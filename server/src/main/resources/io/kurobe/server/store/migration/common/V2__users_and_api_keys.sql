-- Names differ in more than case: folded is the name in lower case. Times are milliseconds since 1970 in UTC.
CREATE TABLE users (
  folded VARCHAR(200) NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  password VARCHAR(500),
  enabled INTEGER NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE api_keys (
  id VARCHAR(40) NOT NULL PRIMARY KEY,
  user_folded VARCHAR(200) NOT NULL REFERENCES users (folded) ON DELETE CASCADE,
  name VARCHAR(200) NOT NULL,
  digest VARCHAR(100) NOT NULL,
  scopes VARCHAR(200) NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT,
  last_used BIGINT
);
