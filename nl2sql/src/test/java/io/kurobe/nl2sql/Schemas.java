package io.kurobe.nl2sql;

/** Unrelated small schemas that tests ask about. */
final class Schemas {
  static final CatalogText SHOP =
      CatalogText.of(
          """
          shop.public.regions: id int key, name text = North|South|West
          shop.public.stores: id int key, name text = Central|Harbour, city text = Berlin|Lyon|Oslo, region_id int -> regions.id, opened_on date
          shop.public.staff: id int key, name text, email text, role text = manager|cashier, store_id int -> stores.id, hired_on date, salary num
          shop.public.customers: id int key, name text, email text, city text = Berlin|Lyon|Oslo|New York, country text = Germany|France|Norway|United States, signed_up_on date
          shop.public.categories: id int key, name text = Books|Garden|Toys
          shop.public.products: id int key, name text = Blue Lamp|Red Chair, category_id int -> categories.id, price num
          shop.public.orders: id int key, customer_id int -> customers.id, store_id int -> stores.id, ordered_at time, status text = shipped|cancelled|pending, total_amount num
          shop.public.order_items: id int key, order_id int -> orders.id, product_id int -> products.id, quantity int, unit_price num
          web.main.campaigns: id int key, name text = Spring Sale|Black Friday, channel text = email|search|social, budget num
          web.main.web_sessions: id int key, customer_id int, campaign_id int, started_at time, device text = mobile|desktop
          web.main.ad_spend: id int key, campaign_id int, spent_on date, amount num
          web.main.web_sessions.customer_id = shop.public.customers.id
          web.main.web_sessions.campaign_id = web.main.campaigns.id
          web.main.ad_spend.campaign_id = web.main.campaigns.id
          """);

  static final CatalogText HOSPITAL =
      CatalogText.of(
          """
          clinic.care.wards: ward_id int key, ward_name text = Cardiology|Oncology, floor int, beds int
          clinic.care.doctors: doctor_id int key, first_name text = Anna|Ben, last_name text = Meyer|Ito, ward_id int -> wards.ward_id, birth_date date, salary num
          clinic.care.patients: patient_id int key, full_name text, gender text = female|male, birth_date date, blood_type text = A+|O-, insured bool
          clinic.care.admissions: admission_id int key, patient_id int -> patients.patient_id, ward_id int -> wards.ward_id, doctor_id int -> doctors.doctor_id, admitted_on date, discharged_on date, cost num
          """);

  static final CatalogText LIBRARY =
      CatalogText.of(
          """
          library.public.Author: AuthorId int key, AuthorName text = Jane Austen|Franz Kafka, Nationality text = British|Czech
          library.public.Book: BookId int key, Title text = Emma|The Trial, AuthorId int -> Author.AuthorId, PublicationYear int, Pages int, Genre text = novel|poetry
          library.public.Member: MemberId int key, FirstName text, LastName text, JoinDate date
          library.public.Loan: LoanId int key, BookId int -> Book.BookId, MemberId int -> Member.MemberId, LoanDate date, ReturnDate date
          """);

  static final CatalogText FOOTBALL =
      CatalogText.of(
          """
          league.public.club: club_id int key, club_name text = Arsenal|Ajax, founded int, stadium_capacity int
          league.public.player: player_id int key, player_name text = Dennis Bergkamp, position text = goalkeeper|striker, club_id int, age int, goals int
          league.public.game: game_id int key, home_club_id int -> club.club_id, played_on date, attendance int
          """);

  private Schemas() {}
}
