/**
 * The commands of single stages: each opens a session, runs the recipe of its stage and reports
 * what came of it.
 *
 * <p>What a stage does is in {@code steps}, what all commands share in {@code cli.run}.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.stage;
