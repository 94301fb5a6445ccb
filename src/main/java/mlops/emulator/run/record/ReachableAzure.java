package mlops.emulator.run.record;

import java.util.function.Function;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.Tokens;

/**
 * The Azure that a running job can ask, and the tokens that it shows there.
 *
 * @param azure answers a request as whoever its token names
 */
public record ReachableAzure(
    Function<Request, Response> azure, Tokens tokens, Directory directory) {}
