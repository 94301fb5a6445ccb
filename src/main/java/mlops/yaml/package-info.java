@org.jspecify.annotations.NullMarked
package mlops.yaml;
