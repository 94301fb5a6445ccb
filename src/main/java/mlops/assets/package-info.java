@org.jspecify.annotations.NullMarked
package mlops.assets;
