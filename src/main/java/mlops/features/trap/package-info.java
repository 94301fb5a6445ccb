/**
 * Where Azure's own feature store code answers otherwise than its documentation says, and which
 * definitions and data meet that.
 *
 * <p>Knows definitions, and no data.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.trap;
