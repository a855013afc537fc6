package io.kurobe.nl2sql;

/** Unrelated small schemas that tests ask about. */
public final class Schemas {
  public static final CatalogText SHOP =
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

  public static final CatalogText HOSPITAL =
      CatalogText.of(
          """
          clinic.care.wards: ward_id int key, ward_name text = Cardiology|Oncology, floor int, beds int
          clinic.care.doctors: doctor_id int key, first_name text = Anna|Ben, last_name text = Meyer|Ito, ward_id int -> wards.ward_id, birth_date date, salary num
          clinic.care.patients: patient_id int key, full_name text, gender text = female|male, birth_date date, blood_type text = A+|O-, insured bool
          clinic.care.admissions: admission_id int key, patient_id int -> patients.patient_id, ward_id int -> wards.ward_id, doctor_id int -> doctors.doctor_id, admitted_on date, discharged_on date, cost num
          """);

  public static final CatalogText LIBRARY =
      CatalogText.of(
          """
          library.public.Author: AuthorId int key, AuthorName text = Jane Austen|Franz Kafka, Nationality text = British|Czech
          library.public.Book: BookId int key, Title text = Emma|The Trial, AuthorId int -> Author.AuthorId, PublicationYear int, Pages int, Genre text = novel|poetry
          library.public.Member: MemberId int key, FirstName text, LastName text, JoinDate date
          library.public.Loan: LoanId int key, BookId int -> Book.BookId, MemberId int -> Member.MemberId, LoanDate date, ReturnDate date
          """);

  public static final CatalogText FOOTBALL =
      CatalogText.of(
          """
          league.public.club: club_id int key, club_name text = Arsenal|Ajax, founded int, stadium_capacity int
          league.public.player: player_id int key, player_name text = Dennis Bergkamp, position text = goalkeeper|striker, club_id int, age int, goals int
          league.public.game: game_id int key, home_club_id int -> club.club_id, played_on date, attendance int
          """);

  /** A shop over two sources, whose customers have their country in a table of its own. */
  public static final CatalogText MARKET =
      CatalogText.of(
          """
          shop.public.countries: code text key, name text = Germany|France|Norway, region text = North|South
          shop.public.customers: id int key, first_name text, last_name text, city text = Berlin|Lyon, country_code text -> countries.code, signed_up_on date
          shop.public.categories: id int key, name text = Books|Garden
          shop.public.products: id int key, name text = Lamp|Chair, category_id int -> categories.id, list_price num
          shop.public.orders: id int key, customer_id int -> customers.id, country_code text -> countries.code, channel text = web|phone, status text = shipped|cancelled, ordered_at time, shipping_cost num, total_amount num
          web.main.campaigns: id int key, name text = Spring, channel text = email|search, budget num
          web.main.web_sessions: id int key, customer_id int, order_id int, country_code text, campaign_id int, started_at time, device text = mobile|desktop
          web.main.page_views: id int key, session_id int, viewed_at time, seconds int
          web.main.ad_spend: campaign_id int, spent_on date, clicks int, amount num
          web.main.web_sessions.customer_id = shop.public.customers.id
          web.main.web_sessions.order_id = shop.public.orders.id
          web.main.web_sessions.country_code = shop.public.countries.code
          web.main.web_sessions.campaign_id = web.main.campaigns.id
          web.main.page_views.session_id = web.main.web_sessions.id
          web.main.ad_spend.campaign_id = web.main.campaigns.id
          """);

  public static final CatalogText CLINIC =
      CatalogText.of(
          """
          vet.public.owners: id int key, name text, city text = Bonn|Graz
          vet.public.breeds: id int key, name text = Beagle|Pug, size text = small|large
          vet.public.pets: id int key, name text, owner_id int -> owners.id, breed_id int -> breeds.id, weight num
          vet.public.visits: id int key, pet_id int -> pets.id, visited_on date, fee num
          vet.public.treatments: id int key, visit_id int -> visits.id, kind text = vaccine|surgery, minutes int
          """);

  public static final CatalogText FREIGHT =
      CatalogText.of(
          """
          cargo.public.ports: port_id int key, port_name text = Genoa|Bergen, nation text
          cargo.public.ships: ship_id int key, ship_name text, home_port_id int -> ports.port_id, tonnage num
          cargo.public.voyages: voyage_id int key, ship_id int -> ships.ship_id, departed_on date, distance num
          cargo.public.containers: container_id int key, voyage_id int -> voyages.voyage_id, weight num, contents text = steel|fruit
          """);

  private Schemas() {}
}
