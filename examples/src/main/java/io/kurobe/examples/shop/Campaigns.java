package io.kurobe.examples.shop;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Advertising: a few campaigns that always run, and those of each year's seasons. */
final class Campaigns {
  record Campaign(
      int id,
      String name,
      String medium,
      long dailyCost,
      @Nullable String coupon,
      LocalDate startedOn,
      LocalDate endsOn) {
    boolean runsOn(LocalDate day) {
      return !day.isBefore(startedOn) && !day.isAfter(endsOn);
    }
  }

  private record Template(
      String name,
      String medium,
      int dailyEuro,
      @Nullable String coupon,
      MonthDay start,
      int days) {}

  private static final List<Template> YEARLY =
      List.of(
          new Template("Winter Sale", "newsletter", 120, "WINTER20", MonthDay.of(1, 8), 24),
          new Template("Spring Hiking", "social", 170, null, MonthDay.of(3, 20), 45),
          new Template("Summer Festival", "video", 260, "SUMMER15", MonthDay.of(6, 1), 40),
          new Template("Back to the Hills", "affiliate", 90, null, MonthDay.of(9, 1), 30),
          new Template("Black Week", "search", 420, "BLACK25", MonthDay.of(11, 20), 9),
          new Template("Christmas", "social", 310, "GIFT10", MonthDay.of(12, 1), 23));

  private final List<Campaign> campaigns = new ArrayList<>();
  private final Dice dice = new Dice(20_104);
  private final LocalDate until;

  Campaigns(ShopSize size) {
    this.until = size.until();
    LocalDate from = size.from();
    var always = LocalDate.of(9999, 12, 31);
    add("Brand Search", "search", 80, null, from, always);
    add("Shopping Ads", "search", 150, null, from.plusDays(40), always);
    add("Monthly Newsletter", "newsletter", 25, null, from, always);
    for (int year = from.getYear(); year <= until.getYear(); year++) {
      for (Template template : YEARLY) {
        LocalDate start = template.start().atYear(year);
        if (!start.isBefore(from) && !start.isAfter(until)) {
          add(
              template.name() + " " + year,
              template.medium(),
              template.dailyEuro(),
              template.coupon(),
              start,
              start.plusDays(template.days() - 1L));
        }
      }
    }
  }

  private void add(
      String name,
      String medium,
      int dailyEuro,
      @Nullable String coupon,
      LocalDate start,
      LocalDate end) {
    campaigns.add(
        new Campaign(campaigns.size() + 1, name, medium, dailyEuro * 100L, coupon, start, end));
  }

  List<Campaign> runningOn(LocalDate day) {
    return campaigns.stream().filter(campaign -> campaign.runsOn(day)).toList();
  }

  void fill(Tables tables) {
    for (Campaign campaign : campaigns) {
      boolean over = !campaign.endsOn().isAfter(until);
      long days =
          campaign.endsOn().getYear() == 9999
              ? 365
              : campaign.endsOn().toEpochDay() - campaign.startedOn().toEpochDay() + 1;
      // Budgets are planned in round figures.
      long budget = StrictMath.round(campaign.dailyCost() * days * 1.05 / 50_000) * 50_000;
      tables
          .table("campaigns")
          .add(
              campaign.id(),
              campaign.name(),
              campaign.medium(),
              Money.euro(budget),
              campaign.startedOn(),
              over ? campaign.endsOn() : null);
    }
  }

  void spendOn(LocalDate day, double growth, Rows adSpend) {
    for (Campaign campaign : runningOn(day)) {
      double mood = 0.7 + 0.6 * dice.fraction();
      long cost = StrictMath.round(campaign.dailyCost() * growth * mood);
      double centsPerClick = 18 + 50 * dice.fraction();
      int clicks = (int) (cost / centsPerClick);
      long impressions = StrictMath.round(clicks / (0.008 + 0.03 * dice.fraction()));
      adSpend.add(campaign.id(), day, impressions, clicks, Money.euro(cost));
    }
  }
}
