/**
 * Where Azure's own feature store code answers otherwise than its documentation says, and which
 * definitions and data meet that.
 *
 * <p>Names the traps and judges definitions; the data are judged where they are joined.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.trap;
