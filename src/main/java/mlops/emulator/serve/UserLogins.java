package mlops.emulator.serve;

import java.util.function.BooleanSupplier;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.ApplicationsOnly;

/**
 * Lets no job log in as a user: a device code is approved at once here, as the local user, and a
 * job is not to become that user. All else a job has, as far as its tokens go.
 *
 * @param backend answers
 * @param isOfJob whether who asks may be a job, which is asked of logins alone
 */
public record UserLogins(Backend backend, BooleanSupplier isOfJob) implements Backend {

  @Override
  public Response handle(Request request) {
    if (!ApplicationsOnly.concerns(request) || !isOfJob.getAsBoolean()) {
      return backend.handle(request);
    }
    Request admitted;
    try {
      admitted = ApplicationsOnly.admit(request);
    } catch (ApiException e) {
      return refuse(request, e);
    }
    return backend.handle(admitted);
  }

  @Override
  public boolean streams(Request request) {
    return backend.streams(request);
  }

  @Override
  public Response refuse(Request request, ApiException e) {
    return backend.refuse(request, e);
  }
}
