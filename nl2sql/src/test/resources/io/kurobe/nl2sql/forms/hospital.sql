CREATE TABLE wards (ward_id int PRIMARY KEY, ward_name text, floor int, beds int);
CREATE TABLE doctors (doctor_id int PRIMARY KEY, full_name text, ward_id int REFERENCES wards, supervisor_id int REFERENCES doctors, salary numeric(10, 2), birth_date date);
CREATE TABLE patients (patient_id int PRIMARY KEY, full_name text, gender text, blood_type text, city text);
CREATE TABLE admissions (admission_id int PRIMARY KEY, patient_id int REFERENCES patients, ward_id int REFERENCES wards, doctor_id int REFERENCES doctors,
  admitted_on date, planned_discharge date, discharged_on date, cost numeric(10, 2), outcome text);
INSERT INTO wards VALUES (1, 'Cardiology', 1, 20), (2, 'Oncology', 2, 15), (3, 'Pediatrics', 2, 30);
INSERT INTO doctors VALUES (1, 'Ines Holt', 1, NULL, 9000, '1970-03-03'), (2, 'Jon Kerr', 1, 1, 7200, '1965-05-01'), (3, 'Kim Lane', 2, 1, 9500, '1980-07-07'),
  (4, 'Lev Moss', 2, 3, 6900, '1979-01-20'), (5, 'Mia North', 3, 3, 7000, '1985-11-11'), (6, 'Ned Orr', 3, 5, 7400, '1983-02-02');
INSERT INTO patients SELECT i, 'Patient ' || i, CASE WHEN i % 3 = 0 THEN 'male' ELSE 'female' END, (ARRAY['A+', '0-', 'B+'])[1 + i % 3],
  (ARRAY['Bern', 'Basel', 'Chur', 'Zug'])[1 + i % 4] FROM generate_series(1, 18) i;
INSERT INTO admissions SELECT i, 1 + i * 5 % 16, 1 + i % 3, 1 + i % 6, DATE '2023-01-03' + i * 11, DATE '2023-01-03' + i * 11 + 6,
  DATE '2023-01-03' + i * 11 + 2 + i * 7 % 9, 300 + i * 173 % 1900, (ARRAY['recovered', 'transferred', 'recovered', 'died', 'recovered'])[1 + i % 5]
  FROM generate_series(1, 60) i;
