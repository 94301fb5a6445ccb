@org.jspecify.annotations.NullMarked
package mlops.emulator.template;
