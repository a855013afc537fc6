package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The section {@code audit:}.
 *
 * @param enabled whether what happens is recorded; if the file does not say, where clients prove
 *     who they are
 * @param onFailure what is done with what cannot be recorded
 * @param retention how long records are kept at least
 */
public record AuditSettings(boolean enabled, OnFailure onFailure, Duration retention) {
  /** What is done with what cannot be recorded. */
  public enum OnFailure {
    /** It fails. */
    FAIL,
    /** It is done all the same, and how many records are missing is recorded later. */
    CONTINUE
  }

  public static final Duration DEFAULT_RETENTION = Duration.ofDays(90);
  public static final AuditSettings OFF =
      new AuditSettings(false, OnFailure.FAIL, DEFAULT_RETENTION);

  public AuditSettings {
    requireNonNull(onFailure, "onFailure is null");
    requireNonNull(retention, "retention is null");
  }

  static AuditSettings read(Section section, SecuritySettings security) {
    boolean standard = security.mode() != SecuritySettings.Mode.OPEN;
    AuditSettings settings =
        new AuditSettings(
            section.flag("enabled", standard),
            section.oneOf(
                "onFailure",
                java.util.Map.of("fail", OnFailure.FAIL, "continue", OnFailure.CONTINUE),
                OnFailure.FAIL),
            section.value(
                "retention",
                DEFAULT_RETENTION,
                "a duration such as 90d",
                text -> Durations.parse(text).filter(time -> !time.isZero())));
    section.finish();
    return settings;
  }
}
