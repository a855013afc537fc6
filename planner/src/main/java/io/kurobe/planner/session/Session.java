package io.kurobe.planner.session;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who asks and under what settings: a parameter of every planner entry. Immutable; SET gives a new
 * one.
 *
 * @param id the connection's id
 * @param principal who asks
 * @param zone in which dates and instants are meant
 * @param searchPath where bare names are looked up, in order; empty means every source
 * @param limits what a statement may use
 * @param settings further settings, by lower-case name
 * @param configuredZone the zone of a session that did not set one
 */
public record Session(
    String id,
    Principal principal,
    ZoneId zone,
    List<SearchPathEntry> searchPath,
    Limits limits,
    Map<String, String> settings,
    ZoneId configuredZone) {
  /** The setting that names the conversation which the session goes on with. */
  public static final String CONVERSATION = "conversation";

  public Session {
    requireNonNull(id, "id is null");
    requireNonNull(principal, "principal is null");
    // An offset of zero and UTC are one zone; sources know it by this name.
    zone = requireNonNull(zone, "zone is null").equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
    requireNonNull(limits, "limits is null");
    requireNonNull(configuredZone, "configuredZone is null");
    searchPath = List.copyOf(searchPath);
    settings = Map.copyOf(settings);
  }

  /** A session as it is configured. */
  public Session(
      String id,
      Principal principal,
      ZoneId zone,
      List<SearchPathEntry> searchPath,
      Limits limits,
      Map<String, String> settings) {
    this(id, principal, zone, searchPath, limits, settings, zone);
  }

  /** The same session of another principal. */
  public Session as(Principal other) {
    return new Session(id, other, zone, searchPath, limits, settings, configuredZone);
  }

  public Session withSearchPath(List<SearchPathEntry> path) {
    return new Session(id, principal, zone, path, limits, settings, configuredZone);
  }

  public Session withZone(ZoneId newZone) {
    return new Session(id, principal, newZone, searchPath, limits, settings, configuredZone);
  }

  public Session withLimits(Limits newLimits) {
    return new Session(id, principal, zone, searchPath, newLimits, settings, configuredZone);
  }

  /** The same session with one setting changed. */
  public Session withSetting(String name, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(name, value);
    return new Session(id, principal, zone, searchPath, limits, changed, configuredZone);
  }
}
