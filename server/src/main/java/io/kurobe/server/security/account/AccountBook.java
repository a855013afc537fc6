package io.kurobe.server.security.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where users and keys are kept. What a method has written is there after a crash. Threads share
 * it.
 */
public interface AccountBook {
  List<Account> accounts();

  List<ApiKey> keys();

  /** Writes a user, in the place of one of that name. */
  void write(Account account);

  /** Takes out a user and the user's keys. */
  void removeAccount(String name);

  void write(ApiKey key);

  void removeKey(String id);

  /** Writes when keys were last used, by their ids; those that are not there are passed over. */
  void used(Map<String, Instant> lastUsed);
}
