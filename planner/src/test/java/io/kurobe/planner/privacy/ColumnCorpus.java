package io.kurobe.planner.privacy;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Columns with labels, made up anew for each seed: values of a generator that knows nothing of
 * Kurobe ({@code pools.txt}), names as people give them to columns, and columns that only look
 * personal.
 */
final class ColumnCorpus {
  /**
   * A column.
   *
   * @param label what it holds; empty if nothing personal
   * @param helped whether its name says what it holds
   */
  record Labelled(
      String table,
      TableMetadata.Column column,
      List<String> values,
      Optional<PersonalKind> label,
      boolean helped) {}

  private static final List<String> OPAQUE =
      List.of(
          "c7", "value", "data", "field_3", "info", "attr_b", "x1", "content", "text2", "col12");
  private static final List<String> TABLES =
      List.of(
          "t_main", "records", "import_2024", "staging", "tbl_a", "archive", "orders", "events");
  private static final List<String> DIRT = List.of("n/a", "unknown", "-", "TBD", "none", "?");

  private final Map<String, List<String>> pools = new HashMap<>();
  private final Random random;

  ColumnCorpus(long seed) {
    this.random = new Random(seed);
    try (var in = ColumnCorpus.class.getResourceAsStream("pools.txt");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(line -> line.split("\t", 2))
          .forEach(pair -> pools.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All columns of this seed. */
  List<Labelled> columns() {
    List<Labelled> columns = new ArrayList<>();
    personal(columns);
    decoys(columns);
    return columns;
  }

  private void personal(List<Labelled> columns) {
    String emails =
        "cust_email,EmailAddr,E_MAIL_ADRESSE,mailAdresse,courriel_client,correo_contacto,email2,workEmail";
    add(columns, PersonalKind.EMAIL, emails, pool("email"), pool("email.company"));
    String phones =
        "telefonnummer,TelNo,mobilePhone,PHONE1,telefono_movil,num_tel,tel_domicile,home_phone,telefoonnr,nr_telefonu,fax";
    for (String locale :
        "en_US en_GB de_DE fr_FR es_ES it_IT nl_NL pl_PL pt_BR sv_SE de_AT de_CH nl_BE fi_FI tr_TR"
            .split(" ")) {
      add(columns, PersonalKind.PHONE, phones, pool("phone." + locale));
    }
    add(
        columns,
        PersonalKind.CARD,
        "creditCardNo,cc_num,kartennummer,card_number,numero_tarjeta,CC_NUMBER",
        pool("card"),
        pool("card.grouped"));
    add(
        columns,
        PersonalKind.IBAN,
        "IBAN_CODE,bank_iban,kontoIban,iban,customer_iban",
        pool("iban"),
        grouped(pool("iban")));
    add(
        columns,
        PersonalKind.IP,
        "ip_addr,srcIp,client_ip_address,remote_ip,ipAdresse,last_login_ip",
        pool("ip.4"),
        pool("ip.private"),
        pool("ip.6"));
    String ids =
        "customerSSN,soc_sec_no,nat_ins_no,steuer_id,num_secu,dni_cliente,codice_fiscale,bsn,pesel,cpf,national_id,tax_number,personnummer";
    for (String pool : "us gb de fr dni nie it nl pl br in ch be se fi no cn ca".split(" ")) {
      add(columns, PersonalKind.NATIONAL_ID, ids, pool("id." + pool));
    }
    for (String locale : "en_US en_GB de_DE fr_FR es_ES it_IT nl_NL pl_PL pt_BR sv_SE".split(" ")) {
      add(
          columns,
          PersonalKind.PERSON,
          "full_name,kundenname,nom_client,nombre_completo,customer_name",
          pool("name." + locale));
      add(
          columns,
          PersonalKind.PERSON,
          "first_name,vorname,prenom,firstName,imie,voornaam",
          pool("first." + locale));
      columns.add(
          column(
              one("last_name,nachname,apellidos,surname,LNAME"),
              pool("last." + locale),
              Optional.of(PersonalKind.PERSON),
              true));
      add(
          columns,
          PersonalKind.ADDRESS,
          "street_address,strasse,direccion,adresse,indirizzo,addr_line1",
          pool("street." + locale),
          pool("address." + locale));
    }
    for (String name :
        "birthdate,dob,geburtsdatum,date_naissance,fecha_nacimiento,dateOfBirth".split(",")) {
      columns.add(column(name, pool("birth"), Optional.of(PersonalKind.BIRTH_DATE), true));
    }
    columns.add(
        column(
            "notes",
            () -> pick("sentence") + " Write to " + pick("email") + ".",
            Optional.of(PersonalKind.EMAIL),
            false));
    columns.add(
        column(
            "remarks",
            () ->
                random.nextInt(3) == 0
                    ? "Called " + pick("phone.de_AT") + ", " + pick("sentence")
                    : pick("sentence"),
            Optional.of(PersonalKind.PHONE),
            false));
  }

  private void decoys(List<Labelled> columns) {
    decoy(columns, "order_number,reference,c7", () -> digits(16));
    decoy(columns, "trx_id,number", () -> "4" + digits(15));
    decoy(
        columns,
        "order_id,value",
        () -> String.valueOf(5_000_000_000_000_000L + random.nextInt(100_000)));
    decoy(columns, "order_no,account,c7,external_id", () -> digits(9));
    decoy(
        columns,
        "order_no,invoice,field_3",
        () -> String.valueOf(1 + random.nextInt(9)) + digits(9));
    decoy(columns, "document_no,x1", () -> digits(11));
    decoy(columns, "device,tracking", () -> digits(12));
    decoy(columns, "batch_no,data", () -> digits(18));
    decoy(columns, "version,c7,app_version,info", this::version);
    decoy(columns, "build,release,value", () -> version() + "-rc" + random.nextInt(4));
    decoy(
        columns,
        "price,amount,x1",
        () -> String.format(Locale.ROOT, "%.2f", random.nextDouble() * 9000));
    decoy(
        columns,
        "total,c7",
        () -> String.format(Locale.GERMANY, "%,.2f", random.nextDouble() * 90000));
    decoy(
        columns, "sku,product_code,attr_b", () -> letters(3) + "-" + digits(4) + "-" + letters(2));
    decoy(columns, "article,code", () -> digits(3) + "-" + digits(4));
    decoy(columns, "invoice_no,c7", () -> "INV-" + (2015 + random.nextInt(10)) + "-" + digits(5));
    decoy(columns, "case_no,data", () -> (2015 + random.nextInt(10)) + "-" + digits(6));
    decoy(columns, "created,c7,ts", () -> timestamp().replace('T', ' '));
    decoy(columns, "epoch,value", () -> String.valueOf(1_600_000_000_000L + random.nextInt()));
    decoy(columns, "day,c7", () -> timestamp().substring(0, 10));
    decoy(columns, "datum,x1", () -> two(28) + "." + two(12) + "." + (1950 + random.nextInt(75)));
    decoy(
        columns,
        "us_date,text2",
        () -> two(12) + "/" + two(28) + "/" + (1950 + random.nextInt(75)));
    decoy(columns, "time_of_day,c7", () -> two(23) + ":" + two(59) + ":" + two(59));
    decoy(
        columns, "latitude,x1", () -> String.format(Locale.ROOT, "%.6f", random.nextDouble() * 90));
    decoy(columns, "range,c7", () -> digits(3) + "-" + digits(3));
    decoy(columns, "session,c7", pool("uuid"));
    decoy(columns, "mac_address,device,c7", pool("mac"));
    decoy(columns, "checksum,value", pool("hex"));
    decoy(columns, "isbn,c7", pool("isbn"));
    decoy(columns, "ean,barcode,data", pool("ean"));
    decoy(columns, "zip,postal_code,c7", pool("zip"));
    decoy(columns, "zip4,info", () -> digits(5) + "-" + digits(4));
    decoy(columns, "vin,c7", pool("vin"));
    decoy(columns, "plate,x1", pool("license-plate"));
    decoy(columns, "website,url,content", pool("url"));
    decoy(columns, "user_agent,c7", pool("user-agent"));
    decoy(columns, "file_path,data", pool("file"));
    decoy(columns, "city,birth_place,c7", pool("city"));
    decoy(columns, "country,address_country,c7", pool("country"));
    decoy(columns, "company_name,name,supplier", pool("company"));
    decoy(columns, "product_name,name,title", () -> pick("color") + " " + pick("word"));
    decoy(columns, "job_title,c7", pool("job"));
    decoy(columns, "description,comment,c7", pool("sentence"));
    decoy(columns, "slogan,email_subject", pool("catch-phrase"));
    decoy(columns, "currency,c7", pool("currency"));
    decoy(columns, "time_zone", pool("timezone"));
    decoy(columns, "card_type,card_brand", () -> one("VISA,MASTERCARD,AMEX,DINERS"));
    decoy(
        columns,
        "phone_model,device_name",
        () -> one("iPhone 12,Pixel 8,Galaxy S22,Nokia 3310,Moto G52"));
    decoy(columns, "email_status,mail_state", () -> one("sent,bounced,opened,clicked"));
    decoy(columns, "address_type,phone_type", () -> one("home,work,billing,shipping"));
    decoy(columns, "ip_version", () -> one("4,6"));
    decoy(
        columns,
        "email_count,phone_count,num_logins",
        () -> String.valueOf(random.nextInt(20)),
        SqlType.INTEGER);
    decoy(
        columns,
        "id,customer_id,c7",
        () -> String.valueOf(1_000 + random.nextInt(100_000)),
        SqlType.INTEGER);
    decoy(
        columns,
        "order_id,c7",
        () -> String.valueOf(1_000_000_000L + random.nextInt(900_000_000)),
        SqlType.BIGINT);
    decoy(
        columns,
        "view_count,c7",
        () -> String.valueOf(random.nextInt(999_999_999)),
        SqlType.BIGINT);
    decoy(columns, "created_on,shipped_on", () -> timestamp().substring(0, 10), SqlType.DATE);
    decoy(columns, "score,c7", () -> String.valueOf(random.nextDouble()), SqlType.DOUBLE);
    decoy(columns, "bic,c7", () -> letters(4) + letters(2) + letters(2) + "XXX");
    decoy(columns, "room,c7", () -> letters(1) + digits(3));
    decoy(
        columns,
        "color_code",
        () -> "#" + Integer.toHexString(0x100000 + random.nextInt(0xEFFFFF)));
    decoy(
        columns,
        "package,c7",
        () -> pick("word") + "@" + random.nextInt(20) + "." + random.nextInt(9) + ".1");
  }

  @SafeVarargs
  private void add(
      List<Labelled> columns, PersonalKind kind, String names, Supplier<String>... pools) {
    for (Supplier<String> pool : pools) {
      columns.add(column(one(names), pool, Optional.of(kind), true));
      columns.add(column(one(String.join(",", OPAQUE)), pool, Optional.of(kind), false));
    }
  }

  private void decoy(List<Labelled> columns, String names, Supplier<String> values) {
    decoy(columns, names, values, SqlType.VARCHAR);
  }

  private void decoy(List<Labelled> columns, String names, Supplier<String> values, SqlType type) {
    for (String name : names.split(",")) {
      columns.add(column(name, values, Optional.empty(), false, type));
    }
  }

  private Labelled column(
      String name, Supplier<String> pool, Optional<PersonalKind> label, boolean helped) {
    return column(name, pool, label, helped, SqlType.VARCHAR);
  }

  private Labelled column(
      String name,
      Supplier<String> pool,
      Optional<PersonalKind> label,
      boolean helped,
      SqlType type) {
    int count = 20 + random.nextInt(80);
    double dirt = type.isText() && random.nextBoolean() ? random.nextDouble() * 0.08 : 0;
    List<String> values =
        Stream.generate(() -> random.nextDouble() < dirt ? one(String.join(",", DIRT)) : pool.get())
            .limit(count)
            .toList();
    var column =
        new TableMetadata.Column(
            name, type, true, type.toString(), Optional.empty(), Optional.empty());
    return new Labelled(one(String.join(",", TABLES)), column, values, label, helped);
  }

  private Supplier<String> pool(String name) {
    if (!pools.containsKey(name)) {
      throw new IllegalArgumentException("no pool " + name);
    }
    return () -> pick(name);
  }

  private static Supplier<String> grouped(Supplier<String> pool) {
    return () -> pool.get().replaceAll("(.{4})(?=.)", "$1 ");
  }

  private String pick(String pool) {
    List<String> values = pools.get(pool);
    return values.get(random.nextInt(values.size()));
  }

  private String one(String choices) {
    String[] all = choices.split(",");
    return all[random.nextInt(all.length)];
  }

  private String digits(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(10));
    }
    return text.toString();
  }

  private String letters(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('A' + random.nextInt(26)));
    }
    return text.toString();
  }

  private String two(int most) {
    return String.format(Locale.ROOT, "%02d", 1 + random.nextInt(most));
  }

  private String version() {
    return (1 + random.nextInt(9))
        + "."
        + random.nextInt(20)
        + "."
        + random.nextInt(12)
        + "."
        + random.nextInt(60);
  }

  private String timestamp() {
    return java.time.Instant.ofEpochSecond(1_400_000_000L + random.nextInt(300_000_000)).toString();
  }
}
