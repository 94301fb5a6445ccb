/**
 * Files that travel with an asset: snapshots, ignore rules, hashes.
 *
 * <p>Knows no YAML.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets.content;
