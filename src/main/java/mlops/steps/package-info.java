/** Steps that several recipes share. */
@org.jspecify.annotations.NullMarked
package mlops.steps;
