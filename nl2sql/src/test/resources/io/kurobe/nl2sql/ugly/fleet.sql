CREATE TABLE "T_VEHICLE" ("VehNo" int, "PlateNo" text, "MakeNm" text, "ModelNm" text, "BuildYr" int, "MileageKm" int, "DepotCd" text);
CREATE TABLE "T_DRIVER" ("DrvNo" int, "DrvNm" text, "HireDt" date, "LicCls" text, "DepotCd" text);
CREATE TABLE "T_DEPOT" ("DepotCd" text, "DepotNm" text, "CityNm" text);
CREATE TABLE "T_TRIP" ("TripNo" int, "VehNo" int, "DrvNo" int, "StartDt" date, "DistKm" numeric, "FuelLtr" numeric);
INSERT INTO "T_DEPOT" VALUES ('N1', 'North Yard', 'Hamburg'), ('S1', 'South Yard', 'Augsburg'), ('W1', 'Harbour', 'Emden');
INSERT INTO "T_VEHICLE" VALUES (1, 'HH-A 100', 'Scania', 'R 450', 2016, 410000, 'N1'), (2, 'HH-A 101', 'Volvo', 'FH16', 2019, 220000, 'N1'), (3, 'A-KR 7', 'Scania', 'S 500', 2021, 90000, 'S1'), (4, 'EMD-L 3', 'MAN', 'TGX', 2014, 610000, 'W1'), (5, 'A-KR 9', 'Volvo', 'FM', 2022, 40000, 'S1');
INSERT INTO "T_DRIVER" VALUES (10, 'Jana Petersen', '2012-03-01', 'CE', 'N1'), (11, 'Olaf Brandt', '2018-06-15', 'C', 'N1'), (12, 'Mia Huber', '2020-01-07', 'CE', 'S1'), (13, 'Enno Janssen', '2009-09-20', 'CE', 'W1');
INSERT INTO "T_TRIP" VALUES (100, 1, 10, '2023-01-10', 320.5, 96), (101, 2, 11, '2023-02-11', 120, 33), (102, 1, 10, '2023-03-12', 510, 150), (103, 3, 12, '2023-03-15', 75, 20), (104, 2, 10, '2024-01-02', 640, 170), (105, 4, 13, '2024-02-05', 80.5, 30), (106, 3, 12, '2024-05-09', 210, 55);
