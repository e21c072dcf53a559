package io.loom.metrics.woven;

import org.jspecify.annotations.Nullable;

/**
 * How a call ended, as the values of its tags.
 *
 * @param exception the simple name of the class of what was thrown
 */
record Outcome(String exception, String result) {
    private static final String NO_EXCEPTION = "none";
    private static final String FAILURE = "failure";

    static final Outcome SUCCESS = new Outcome(NO_EXCEPTION, "success");

    /** Who subscribed lost interest. That is no failure: {@code take(1)} does so each time. */
    static final Outcome CANCELLED = new Outcome(NO_EXCEPTION, "cancelled");

    static Outcome failure(Throwable thrown) {
        return new Outcome(simpleName(thrown.getClass()), FAILURE);
    }

    /** {@return the failure of a stage} It reports the exception that it depends on as the cause of another. */
    static Outcome stageFailure(Throwable reported) {
        return failure(causeOr(reported));
    }

    @SuppressWarnings("ReferenceEquality") // there is one
    boolean isSuccess() {
        return this == SUCCESS;
    }

    boolean isFailure() {
        return result.equals(FAILURE);
    }

    @Nullable
    String[] timerValues(@Nullable String[] tags) {
        @Nullable String[] values = new @Nullable String[1 + tags.length];
        values[0] = exception;
        System.arraycopy(tags, 0, values, 1, tags.length);
        return values;
    }

    @Nullable
    String[] counterValues(@Nullable String[] tags) {
        @Nullable String[] values = new @Nullable String[2 + tags.length];
        values[0] = exception;
        values[1] = result;
        System.arraycopy(tags, 0, values, 2, tags.length);
        return values;
    }

    private static String simpleName(Class<?> type) {
        try {
            return type.getSimpleName();
        } catch (LinkageError e) { // the class that it is nested in is missing
            return type.getName();
        }
    }

    private static Throwable causeOr(Throwable reported) {
        try {
            Throwable cause = reported.getCause();
            return cause == null ? reported : cause;
        } catch (Throwable e) { // the exception's own code
            return reported;
        }
    }
}
