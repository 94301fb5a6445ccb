/**
 * The files of a project that begins: a profile from what is there, and what is missing.
 *
 * <p>Reads scripts as data and runs none; talks to no Azure.
 */
@org.jspecify.annotations.NullMarked
package mlops.project;
