/**
 * HTTP/1.1 on one connection: read strictly, written plainly, within limits.
 *
 * <p>Knows no service.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.serve.wire;
