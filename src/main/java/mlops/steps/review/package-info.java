@org.jspecify.annotations.NullMarked
package mlops.steps.review;
