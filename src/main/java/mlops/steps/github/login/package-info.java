/**
 * What is known of the logins of a repository's jobs: the subject of their tokens, and the
 * application and credential that takes it.
 *
 * <p>Looks, and changes nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.github.login;
