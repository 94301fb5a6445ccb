/**
 * Microsoft.Resources/tags: the tags of a scope, and the names of tags that a subscription knows.
 *
 * <p>Tags lie in the documents of what they are on; only names without a use are kept here.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.arm.tag;
