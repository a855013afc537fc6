CREATE TABLE warehouses (id int PRIMARY KEY, name text, city text, country text, capacity int);
CREATE TABLE carriers (id int PRIMARY KEY, name text, country text);
CREATE TABLE shipments (id int PRIMARY KEY, origin_warehouse_id int REFERENCES warehouses, destination_warehouse_id int REFERENCES warehouses,
  carrier_id int REFERENCES carriers, status text, shipped_on date, due_on date, delivered_on date, weight numeric(10, 2), price numeric(10, 2));
INSERT INTO warehouses VALUES (1, 'North Hub', 'Oslo', 'Norway', 900), (2, 'East Hub', 'Gdansk', 'Poland', 700), (3, 'South Hub', 'Verona', 'Italy', 1200),
  (4, 'West Hub', 'Porto', 'Portugal', 500), (5, 'Old Dock', 'Bergen', 'Norway', 300);
INSERT INTO carriers VALUES (1, 'Swift Freight', 'Norway'), (2, 'Blue Line', 'Poland'), (3, 'Terra Cargo', 'Italy'), (4, 'Idle Haul', 'Spain');
INSERT INTO shipments SELECT i, 1 + i % 5, 1 + (i * 3 + 1) % 5, 1 + i % 3, (ARRAY['delivered', 'delivered', 'cancelled', 'delivered', 'lost', 'delivered', 'delivered'])[1 + i % 7],
  DATE '2022-02-01' + i * 8, DATE '2022-02-01' + i * 8 + 5, DATE '2022-02-01' + i * 8 + 2 + i * 5 % 7, 10 + i * 37 % 400, 50 + i * 91 % 900
  FROM generate_series(1, 120) i;
