CREATE TABLE views (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  query TEXT NOT NULL,
  comment TEXT,
  question TEXT,
  owner VARCHAR(200) NOT NULL
);

CREATE TABLE view_columns (
  view_name VARCHAR(200) NOT NULL REFERENCES views (name) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (view_name, position)
);

-- Times are milliseconds since 1970 in UTC.
CREATE TABLE query_history (
  query_id VARCHAR(40) NOT NULL PRIMARY KEY,
  principal VARCHAR(200) NOT NULL,
  statement TEXT NOT NULL,
  kind VARCHAR(20),
  started BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  outcome VARCHAR(20) NOT NULL,
  sqlstate VARCHAR(5)
);

CREATE INDEX query_history_started ON query_history (started);
