/**
 * The portal behind a socket: pages for one browser on this machine, read-only.
 *
 * <p>Whoever has no cookie of it sees nothing; writes nothing anywhere.
 */
@org.jspecify.annotations.NullMarked
package mlops.portal.web;
