-- What people said that columns hold of persons, and what their values proposed; without a kind: nothing.
CREATE TABLE classified_columns (
  source_name VARCHAR(200) NOT NULL,
  schema_name VARCHAR(200) NOT NULL,
  table_name VARCHAR(200) NOT NULL,
  column_name VARCHAR(200) NOT NULL,
  kind VARCHAR(20),
  confidence DOUBLE PRECISION NOT NULL,
  reasons TEXT NOT NULL,
  state VARCHAR(20) NOT NULL,
  PRIMARY KEY (source_name, schema_name, table_name, column_name)
);
