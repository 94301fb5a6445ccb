@org.jspecify.annotations.NullMarked
package mlops.steps.train;
