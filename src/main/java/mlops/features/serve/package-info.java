/**
 * ServiceReads of features over HTTP, on a port of 127.0.0.1.
 *
 * <p>Knows no Azure and no terminal.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.serve;
