"""Writes pools.txt: made-up values of persons and of other things, for ColumnCorpus.

Needs Faker 40.40.0 (MIT) and nothing of Kurobe; the same seed gives the same file:
    python3 make-pools.py > pools.txt
A line is: pool, tab, value. Forms that Faker does not make rightly are made here after their authorities' rules.
"""
import random
from faker import Faker

Faker.seed(20240229)
random.seed(20240229)
COUNT = 80


def put(pool, make, count=COUNT):
    for _ in range(count):
        print(pool + "\t" + str(make()).replace("\n", ", "))


def german_tax_number():
    while True:
        digits = [random.randint(1, 9)] + [random.randint(0, 9) for _ in range(9)]
        counts = sorted(digits.count(d) for d in range(10))
        if counts.count(2) + counts.count(3) == 1 and counts[-1] <= 3:
            break
    product = 10
    for d in digits:
        s = (d + product) % 10 or 10
        product = (2 * s) % 11
    return "".join(map(str, digits)) + str((11 - product) % 10)


def insurance_number():
    first = random.choice("ABCEGHJKLMNOPRSTWXYZ")
    second = random.choice("ABCEGHJKLMNPRSTWXYZ")
    if first == "O" or first + second in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ"):
        return insurance_number()
    pairs = ["%02d" % random.randint(0, 99) for _ in range(3)]
    space = random.choice(["", " "])
    return space.join([first + second] + pairs + [random.choice("ABCD")])


def dihedral(a, b):
    """The product in the group of the symmetries of a pentagon, 0 to 4 turning it, 5 to 9 reflecting it too."""
    if a < 5:
        return (a + b) % 5 if b < 5 else (a + b - 5) % 5 + 5
    return (a - b) % 5 + 5 if b < 5 else (a - b) % 5


def permuted(digit, times):
    for _ in range(times):
        digit = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit]
    return digit


def aadhaar():
    digits = [random.randint(2, 9)] + [random.randint(0, 9) for _ in range(10)]
    for check in range(10):
        c = 0
        for i, digit in enumerate(reversed(digits + [check])):
            c = dihedral(c, permuted(digit, i % 8))
        if c == 0:
            return "".join(map(str, digits + [check]))


def insurance_number_of_canada():
    # Faker's begin with 0 and 8 too, which no person's does.
    while True:
        number = canadian.ssn()
        if number[0] not in "08":
            return number


canadian = Faker("en_CA")
LOCALES = "en_US en_GB de_DE fr_FR es_ES it_IT nl_NL pl_PL pt_BR sv_SE".split()
fakers = {locale: Faker(locale) for locale in LOCALES}
for locale, fake in fakers.items():
    put("phone." + locale, fake.phone_number)
    put("name." + locale, lambda: fake.first_name() + " " + fake.last_name())
    put("first." + locale, fake.first_name)
    put("last." + locale, fake.last_name)
    put("street." + locale, fake.street_address)
    put("address." + locale, fake.address)
for locale in "de_AT de_CH nl_BE no_NO fi_FI tr_TR".split():
    put("phone." + locale, Faker(locale).phone_number)
us = fakers["en_US"]
put("email", lambda: random.choice(list(fakers.values())).email(safe=False))
put("email.company", us.company_email)
put("card", us.credit_card_number)


def grouped_card():
    number = us.credit_card_number("visa16")
    return " ".join(number[i : i + 4] for i in (0, 4, 8, 12))


put("card.grouped", grouped_card)
put("iban", lambda: fakers[random.choice(["de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "en_GB"])].iban())
put("ip.4", us.ipv4_public)
put("ip.private", lambda: us.ipv4_private(address_class="c"))
put("ip.6", us.ipv6)
put("id.us", us.ssn)
put("id.gb", insurance_number)
put("id.de", german_tax_number)
put("id.fr", fakers["fr_FR"].ssn)
put("id.dni", fakers["es_ES"].nif)
put("id.nie", fakers["es_ES"].nie)
put("id.it", fakers["it_IT"].ssn)
put("id.nl", fakers["nl_NL"].ssn)
put("id.pl", fakers["pl_PL"].pesel)
put("id.br", fakers["pt_BR"].cpf)
put("id.in", aadhaar)
put("id.ch", Faker("de_CH").ssn)
put("id.be", Faker("nl_BE").ssn)
put("id.se", fakers["sv_SE"].ssn)
put("id.fi", Faker("fi_FI").ssn)
put("id.no", Faker("no_NO").ssn)
put("id.cn", Faker("zh_CN").ssn)
put("id.ca", insurance_number_of_canada)
put("birth", lambda: us.date_of_birth(minimum_age=18, maximum_age=90).isoformat())
put("sentence", lambda: us.sentence(nb_words=12))
put("company", us.company)
put("word", us.word)
put("job", us.job)
put("city", lambda: random.choice(list(fakers.values())).city())
put("url", us.url)
put("user-agent", us.user_agent, 40)
put("color", us.color_name)
put("mac", us.mac_address)
put("uuid", us.uuid4)
put("isbn", us.isbn13)
put("ean", us.ean13)
put("zip", us.postcode)
put("country", us.country)
put("catch-phrase", us.catch_phrase)
put("file", us.file_path)
put("currency", us.currency_code, 40)
put("license-plate", us.license_plate)
put("hex", us.sha1)
put("vin", us.vin)
put("timezone", us.timezone, 40)
