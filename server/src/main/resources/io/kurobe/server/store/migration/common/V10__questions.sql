-- What people taught, asked and said of the answers. Times are milliseconds since 1970 in UTC.

-- The key is the question in lower case, with one blank between words.
CREATE TABLE taught_questions (
  question_key VARCHAR(2000) NOT NULL,
  owner VARCHAR(200) NOT NULL,
  question TEXT NOT NULL,
  query TEXT NOT NULL,
  taught BIGINT NOT NULL,
  PRIMARY KEY (question_key, owner)
);

CREATE TABLE asked_questions (
  id VARCHAR(40) NOT NULL PRIMARY KEY,
  query_id VARCHAR(40),
  principal VARCHAR(200) NOT NULL,
  session_id VARCHAR(200) NOT NULL,
  asked BIGINT NOT NULL,
  question TEXT NOT NULL,
  whole_question TEXT NOT NULL,
  question_key VARCHAR(2000) NOT NULL,
  query TEXT,
  confidence DOUBLE PRECISION NOT NULL,
  outcome VARCHAR(20) NOT NULL,
  accepted INTEGER,
  remark TEXT
);

CREATE INDEX asked_questions_asked ON asked_questions (asked);
CREATE INDEX asked_questions_query ON asked_questions (query_id);
CREATE INDEX asked_questions_session ON asked_questions (session_id, asked);
CREATE INDEX asked_questions_accepted ON asked_questions (accepted);

CREATE TABLE asked_candidates (
  asked_id VARCHAR(40) NOT NULL REFERENCES asked_questions (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  generator VARCHAR(200) NOT NULL,
  query TEXT NOT NULL,
  verdict VARCHAR(200) NOT NULL,
  confidence DOUBLE PRECISION,
  PRIMARY KEY (asked_id, number)
);

-- What people say of tables, and of columns; without a column: of the table.
CREATE TABLE relation_comments (
  source_name VARCHAR(200) NOT NULL,
  schema_name VARCHAR(200) NOT NULL,
  table_name VARCHAR(200) NOT NULL,
  column_name VARCHAR(200) NOT NULL,
  comment_text TEXT NOT NULL,
  author VARCHAR(200) NOT NULL,
  PRIMARY KEY (source_name, schema_name, table_name, column_name)
);
