CREATE TABLE carriers (id INTEGER PRIMARY KEY, name VARCHAR, country VARCHAR, fleet_size INTEGER);
CREATE TABLE pilots (id INTEGER PRIMARY KEY, name VARCHAR, carrier_id INTEGER REFERENCES carriers (id), rank VARCHAR, age INTEGER, hours INTEGER);
CREATE TABLE flights (id INTEGER PRIMARY KEY, carrier_id INTEGER REFERENCES carriers (id), destination VARCHAR, departed_on DATE, delay INTEGER, passengers INTEGER);
INSERT INTO carriers VALUES (1, 'Aero Nord', 'Denmark', 40), (2, 'Sol Air', 'Spain', 25), (3, 'Lark', 'Spain', 12);
INSERT INTO pilots VALUES (1, 'Alva', 1, 'captain', 50, 9000), (2, 'Bram', 1, 'officer', 31, 2500), (3, 'Cruz', 2, 'captain', 44, 7000), (4, 'Dina', 2, 'officer', 29, 1500), (5, 'Egil', 3, 'captain', 58, 12000), (6, 'Fay', 1, 'captain', 39, 5200);
INSERT INTO flights VALUES (1, 1, 'Rome', '2022-05-01', 10, 120), (2, 1, 'Paris', '2022-06-01', 0, 140), (3, 2, 'Rome', '2023-01-01', 35, 99), (4, 2, 'Cairo', '2023-02-01', 5, 180), (5, 3, 'Rome', '2023-03-01', 60, 75), (6, 1, 'Cairo', '2023-04-01', 15, 160), (7, 3, 'Paris', '2022-07-01', 20, 80);
