package io.kurobe.server.secret;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.server.config.KeySettings;
import io.kurobe.server.store.StateStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The secrets that the state keeps, by their names. Threads share it. */
public final class Secrets {
  private final StateStore store;
  private final Optional<SecretBox> box;

  /**
   * Makes it.
   *
   * @param store not closed by it
   * @param key under which they are kept
   */
  public Secrets(StateStore store, KeySettings key) {
    this.store = requireNonNull(store, "store is null");
    this.box = key.keyset().map(SecretBox::of);
  }

  /** Keeps a secret; one of that name gives way. */
  public void set(String name, String secret) {
    store.secrets().put(name, box().seal(name, secret));
  }

  /** The names of those that are kept. */
  public List<String> names() {
    return List.copyOf(store.secrets().all().keySet());
  }

  /** Forgets one. Returns whether there was one. */
  public boolean remove(String name) {
    return store.secrets().remove(name);
  }

  /** Encrypts all anew, with another key; all or, if it fails, none. Returns how many. */
  public int rotate(SecretBox to) {
    SecretBox from = box();
    return store.secrets().replaceAll(kept -> rotated(kept, from, to));
  }

  private static Map<String, String> rotated(
      Map<String, String> kept, SecretBox from, SecretBox to) {
    Map<String, String> changed = new HashMap<>();
    kept.forEach(
        (name, ciphertext) -> {
          String secret = from.open(name, ciphertext);
          changed.put(name, to.seal(name, secret));
        });
    return changed;
  }

  /**
   * A source with its password in the place of a name.
   *
   * @throws KurobeException CONFIGURATION, naming the source, if there is no such secret
   */
  public SourceConfig resolved(SourceConfig source) {
    Optional<String> name = source.password().flatMap(KeySettings::nameIn);
    if (name.isEmpty()) {
      return source;
    }
    String ciphertext = store.secrets().all().get(name.get());
    if (ciphertext == null) {
      throw new KurobeException(
              ErrorCode.CONFIGURATION,
              source + " wants the secret " + name.get() + ", which is not kept")
          .withHint("Set it: kurobe secret set " + name.get() + " --config FILE");
    }
    return source.withPassword(box().open(name.get(), ciphertext));
  }

  private SecretBox box() {
    return box.orElseThrow(
        () ->
            new KurobeException(
                    ErrorCode.CONFIGURATION, "there is no key under which secrets are kept")
                .withHint(
                    "'kurobe secret key' writes one; give it as KUROBE_KEY in the environment, or"
                        + " by security: {key: \"${file:path}\"}."));
  }
}
