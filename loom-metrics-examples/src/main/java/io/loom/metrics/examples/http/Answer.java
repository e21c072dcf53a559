package io.loom.metrics.examples.http;

/**
 * What a handler answers.
 *
 * @param status the HTTP status
 * @param body what is written as JSON
 */
record Answer(int status, Object body) {
    private static final int OK = 200;

    static Answer ok(Object body) {
        return new Answer(OK, body);
    }

    static Answer failure(int status, Exception cause) {
        return failure(status, String.valueOf(cause.getMessage()));
    }

    static Answer failure(int status, String error) {
        return new Answer(status, new Failure(error));
    }

    /** What went wrong, in one line. */
    record Failure(String error) {}
}
