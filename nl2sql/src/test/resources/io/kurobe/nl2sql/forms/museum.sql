CREATE TABLE museums (museum_id int PRIMARY KEY, title text, town text, staff_count int);
CREATE TABLE painters (painter_id int PRIMARY KEY, painter_name text, taught_by int REFERENCES painters, nationality text, birth_year int);
CREATE TABLE paintings (painting_id int PRIMARY KEY, title text, painter_id int REFERENCES painters, museum_id int REFERENCES museums, technique text,
  painted_in int, purchase_price numeric(12, 2), insured_value numeric(12, 2));
CREATE TABLE loans (loan_id int PRIMARY KEY, painting_id int REFERENCES paintings, lender_museum_id int REFERENCES museums, borrower_museum_id int REFERENCES museums,
  starts_on date, due_back date, returned_on date, fee numeric(10, 2));
INSERT INTO museums VALUES (1, 'Harbour Gallery', 'Ghent', 40), (2, 'Old Mint', 'Lille', 25), (3, 'Stone Hall', 'Ghent', 60), (4, 'Glass House', 'Trier', 33);
INSERT INTO painters SELECT i, (ARRAY['Vera Lind', 'Otto Brand', 'Nina Voss', 'Paul Kern', 'Rosa Adler', 'Hugo Stein', 'Lena Graf', 'Karl Busch'])[i],
  CASE WHEN i > 2 THEN 1 + i % 3 END, (ARRAY['Belgian', 'French', 'German'])[1 + i % 3], 1840 + i * 29 % 70 FROM generate_series(1, 8) i;
INSERT INTO paintings SELECT i, 'Study No ' || i, 1 + i % 8, 1 + i % 4, (ARRAY['oil', 'tempera', 'oil', 'ink'])[1 + i % 4], 1880 + i * 7 % 60,
  1000 + i * 773 % 9000, 1500 + i * 1279 % 9500 FROM generate_series(1, 40) i;
INSERT INTO loans SELECT i, 1 + i * 11 % 40, 1 + i % 4, 1 + (i + 1 + i % 3) % 4, DATE '2021-01-10' + i * 17, DATE '2021-01-10' + i * 17 + 60,
  DATE '2021-01-10' + i * 17 + 40 + i * 13 % 45, 100 + i * 67 % 800 FROM generate_series(1, 64) i;
