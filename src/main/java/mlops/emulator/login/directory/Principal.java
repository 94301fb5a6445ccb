package mlops.emulator.login.directory;

/**
 * A directory object that can hold roles and, unless it is a group, ask for tokens.
 *
 * @param objectId its id in the directory
 * @param appId the client id its tokens carry
 * @param type {@code User}, {@code Group} or {@code ServicePrincipal}
 * @param name the user principal name, or the name of the service principal
 */
public record Principal(
    String objectId, String appId, String type, String name, String displayName) {}
