-- Tokens that language models took, by day of UTC (ISO 8601), model and user.
CREATE TABLE model_tokens (
  day VARCHAR(10) NOT NULL,
  model VARCHAR(200) NOT NULL,
  user_name VARCHAR(200) NOT NULL,
  tokens BIGINT NOT NULL,
  PRIMARY KEY (day, model, user_name)
);
