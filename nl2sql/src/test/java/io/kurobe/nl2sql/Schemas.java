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

  /** The demo's shop, with some of its values. */
  public static final CatalogText DEMO =
      CatalogText.of(
          """
          shop.public.regions: id int key, name text = Nordics|Central Europe|Western Europe|Southern Europe|North America|Asia-Pacific
          shop.public.countries: code text key = DE|FR|AT|US, name text = Germany|France|Austria|Norway|Sweden|Japan|United States|Italy|Spain|Switzerland|Canada, region_id int -> regions.id
          shop.public.customers: id int key, first_name text, last_name text, email text, phone text, birth_date date, segment text = private|club|business, street text, postal_code text, city text = Berlin|Hamburg|Wien|Graz|Paris|Oslo|München, country_code text -> countries.code, newsletter bool, signed_up_on date
          shop.public.stores: id int key, name text = Kurobe Berlin|Kurobe Oslo, city text = Berlin|Oslo|Paris, country_code text -> countries.code, square_meters int, opened_on date, closed_on date
          shop.public.staff: id int key, first_name text, last_name text, role text = store manager|sales assistant|workshop, store_id int -> stores.id, manager_id int -> staff.id, hired_on date, salary num
          shop.public.suppliers: id int key, name text = Kurobe Mountain Works|Fjellheim AS, country text = JP|NO|SE, contact_email text, rating num
          shop.public.categories: id int key, name text = Tents|Ropes|Skis|Socks|Camping|Climbing|Day Packs|Maps|Sandals, parent_id int -> categories.id
          shop.public.products: id int key, sku text, name text = Solo Tent|Foam Mat, category_id int -> categories.id, supplier_id int -> suppliers.id, list_price num, unit_cost num, weight_kg num, launched_on date, discontinued_on date
          shop.public.orders: id int key, customer_id int -> customers.id, store_id int -> stores.id, staff_id int -> staff.id, country_code text -> countries.code, channel text = web|store|phone, status text = processing|shipped|completed|returned|cancelled, ordered_at time, coupon_code text = WINTER20|BLACK25, shipping_cost num, total_amount num
          shop.public.order_items: order_id int key -> orders.id, line_number int key, product_id int -> products.id, quantity int, unit_price num, discount num, line_total num
          shop.public.payments: id int key, order_id int -> orders.id, method text = card|PayPal|invoice|bank transfer|cash, amount num, paid_at time
          shop.public.shipments: id int key, order_id int -> orders.id, carrier text = DHL|PostNord|DPD|UPS|FedEx, shipped_at time, delivered_at time
          shop.public.returns: id int key, order_id int -> orders.id, line_number int, reason text = too small|too large|not as described|damaged|changed my mind, refund_amount num, returned_on date
          shop.public.reviews: id int key, product_id int -> products.id, customer_id int -> customers.id, rating int, title text, written_on date
          web.main.campaigns: id int key, name text = Winter Sale 2025|Brand Search|Shopping Ads, medium text = search|social|newsletter|affiliate|video, budget num, started_on date, ended_on date
          web.main.ad_spend: campaign_id int key -> campaigns.id, spent_on date key, impressions int, clicks int, cost num
          web.main.web_sessions: id int key, customer_id int, order_id int, campaign_id int -> campaigns.id, country_code text = DE|FR, device text = phone|desktop|tablet, browser text = Chrome|Safari|Firefox|Edge|Samsung Internet, landing_page text, started_at time, duration_seconds int
          web.main.page_views: id int key, session_id int, product_id int, path text, viewed_at time, seconds_on_page int
          web.main.web_sessions.customer_id = shop.public.customers.id
          web.main.web_sessions.order_id = shop.public.orders.id
          web.main.web_sessions.country_code = shop.public.countries.code
          web.main.page_views.session_id = web.main.web_sessions.id
          web.main.page_views.product_id = shop.public.products.id
          """);

  private Schemas() {}
}
