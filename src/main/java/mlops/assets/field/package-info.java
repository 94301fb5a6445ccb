/**
 * What the fields of all asset files share: words, names, ids, paths, references.
 *
 * <p>No field of a particular kind of file.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets.field;
