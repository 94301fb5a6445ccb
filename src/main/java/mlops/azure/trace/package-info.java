/**
 * The HAR trace of requests and answers, without secrets.
 *
 * <p>A transport around a transport: it changes nothing that passes.
 */
@org.jspecify.annotations.NullMarked
package mlops.azure.trace;
