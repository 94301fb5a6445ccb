/**
 * One class for each resource type that is not storage's data or machine learning's, and what such
 * a class needs for itself (its keys, its properties, what of it is deleted softly).
 *
 * <p>A type knows no other type.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.arm.type;
