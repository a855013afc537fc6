CREATE TABLE plans (id int PRIMARY KEY, name text, tier text, monthly_price numeric(10, 2));
CREATE TABLE subscribers (id int PRIMARY KEY, name text, country text, referrer_id int REFERENCES subscribers, signed_up_on date);
CREATE TABLE contracts (id int PRIMARY KEY, subscriber_id int REFERENCES subscribers, plan_id int REFERENCES plans, status text, started_on date, ended_on date);
CREATE TABLE payments (id int PRIMARY KEY, contract_id int REFERENCES contracts, paid_on date, amount numeric(10, 2), method text);
INSERT INTO plans VALUES (1, 'Basic', 'small', 9), (2, 'Plus', 'small', 14), (3, 'Team', 'large', 39), (4, 'Campus', 'large', 59);
INSERT INTO subscribers SELECT i, 'Reader ' || chr(64 + i), (ARRAY['Germany', 'France', 'Germany', 'Spain'])[1 + i % 4],
  CASE WHEN i > 4 THEN 1 + i % 4 END, DATE '2022-01-10' + i * 29 FROM generate_series(1, 22) i;
INSERT INTO contracts SELECT i, 1 + i * 3 % 20, 1 + i % 4, (ARRAY['active', 'expired', 'active'])[1 + i % 3], DATE '2022-02-01' + i * 19, DATE '2023-02-01' + i * 19
  FROM generate_series(1, 40) i;
INSERT INTO payments SELECT i, 1 + i * 7 % 40, DATE '2022-03-01' + i * 6, 5 + i * 13 % 90, (ARRAY['card', 'transfer', 'card', 'paypal'])[1 + i % 4]
  FROM generate_series(1, 110) i;
