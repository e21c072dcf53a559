package io.loom.metrics.annotation;

/**
 * What one {@code @MeterTag} asks for.
 *
 * @param expression what would have to be evaluated; empty where the tag has a resolver, or needs none
 */
public record MethodTag(String key, String expression) {
    /** {@return the tag of an annotation with these parts} A resolver goes before an expression. */
    public static MethodTag of(String value, String key, String expression, boolean hasResolver) {
        return new MethodTag(value.isBlank() ? key : value, hasResolver ? "" : expression);
    }
}
