package mlops.emulator.arm.role;

import mlops.emulator.arm.lock.Locks;
import mlops.emulator.arm.lock.ManagedGroups;
import mlops.emulator.arm.resource.Providers;
import mlops.emulator.arm.resource.ReservedWords;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;

/** What Resource Manager asks of a request before the provider of the resource sees it. */
public final class RequestCheck {
  private final Locks locks;
  private final Providers providers;
  private final ReservedWords words;
  private final ManagedGroups managed;

  public RequestCheck(
      Locks locks, Providers providers, ReservedWords words, ManagedGroups managed) {
    this.managed = managed;
    this.locks = locks;
    this.providers = providers;
    this.words = words;
  }

  /**
   * Asks that no lock and no service that manages its group forbids it and, where it makes
   * something, that the subscription is registered for that and the name is free to be given.
   *
   * @throws ApiException 403 DenyAssignmentAuthorizationFailed, 409 ScopeLocked or
   *     MissingSubscriptionRegistration, 400 ReservedResourceName
   */
  void require(Request request) {
    managed.requireNone(request);
    locks.requireNone(request);
    if (request.method().equals("PUT")) {
      providers.requireRegistered(request.armPath());
      words.requireNone(request.armPath());
    }
  }
}
