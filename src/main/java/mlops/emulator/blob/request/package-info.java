/**
 * What all operations of storage share: the admitted request, conditions, headers, XML.
 *
 * <p>No operation.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.request;
