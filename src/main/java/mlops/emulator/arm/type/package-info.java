/**
 * One class for each resource type that is not storage's data or machine learning's.
 *
 * <p>A type knows no other type.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.arm.type;
