package io.kurobe.server.security.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where users and keys are kept, which several gateways may share. What was written is there after
 * a crash. Threads share it.
 */
public interface AccountBook {
  /**
   * All that is kept, at one moment.
   *
   * @param version another one after each change
   */
  record Contents(long version, List<Account> accounts, List<ApiKey> keys) {
    public Contents {
      accounts = List.copyOf(accounts);
      keys = List.copyOf(keys);
    }
  }

  /** One change, of which all or nothing is done. */
  interface Change {
    /** The version that the book has once it is done. */
    long version();

    /** What is kept before it. */
    Contents before();

    /** Writes a user, in the place of one of that name. */
    void write(Account account);

    /** Takes out a user and the user's keys. */
    void removeAccount(String name);

    void write(ApiKey key);

    void removeKey(String id);
  }

  Contents read();

  /** The number of the last change. */
  long version();

  /** Whether another gateway may change what is here. */
  boolean isShared();

  /** Changes something, one change at a time at all gateways. */
  void change(Consumer<Change> work);

  /** Writes when keys were last used, by their ids; those that are not there are passed over. */
  void used(Map<String, Instant> lastUsed);
}
