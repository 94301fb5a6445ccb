/**
 * Features as commands see them: what a folder defines, checked.
 *
 * <p>Knows no Azure and no terminal.
 */
@org.jspecify.annotations.NullMarked
package mlops.features;
