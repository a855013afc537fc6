-- Who may see what. Times are milliseconds since 1970 in UTC.

-- One row: a number that is another after each change, and what digests of masks begin with.
CREATE TABLE rights_state (
  id INTEGER NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  salt VARCHAR(64)
);

INSERT INTO rights_state (id, version) VALUES (1, 1);

CREATE TABLE roles (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  author VARCHAR(200) NOT NULL,
  created BIGINT NOT NULL
);

-- The member, a USER or a ROLE, has the rights of the role.
CREATE TABLE memberships (
  role VARCHAR(200) NOT NULL,
  member_kind VARCHAR(4) NOT NULL,
  member VARCHAR(200) NOT NULL,
  grantor VARCHAR(200) NOT NULL,
  granted BIGINT NOT NULL,
  PRIMARY KEY (role, member_kind, member)
);

-- An empty schema, table or column stands for all.
CREATE TABLE grants (
  grantee_kind VARCHAR(4) NOT NULL,
  grantee VARCHAR(200) NOT NULL,
  source VARCHAR(200) NOT NULL,
  schema_name VARCHAR(200) NOT NULL,
  table_name VARCHAR(200) NOT NULL,
  column_name VARCHAR(200) NOT NULL,
  grantor VARCHAR(200) NOT NULL,
  granted BIGINT NOT NULL,
  PRIMARY KEY (grantee_kind, grantee, source, schema_name, table_name, column_name)
);

-- One row for each role of a filter, and of a mask.
CREATE TABLE row_filters (
  source VARCHAR(200) NOT NULL,
  schema_name VARCHAR(200) NOT NULL,
  table_name VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  role VARCHAR(200) NOT NULL,
  expression TEXT NOT NULL,
  author VARCHAR(200) NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (source, schema_name, table_name, name, role)
);

-- Either one of the usual kinds or an expression.
CREATE TABLE masks (
  source VARCHAR(200) NOT NULL,
  schema_name VARCHAR(200) NOT NULL,
  table_name VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  role VARCHAR(200) NOT NULL,
  column_name VARCHAR(200) NOT NULL,
  usual VARCHAR(10),
  expression TEXT,
  author VARCHAR(200) NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (source, schema_name, table_name, name, role)
);

-- Views of before lent nobody's rights.
ALTER TABLE views ADD COLUMN security VARCHAR(10) NOT NULL DEFAULT 'INVOKER';
