package io.loom.metrics.examples;

/** The service was started in a way that it does not know. The message is one line, for whoever started it. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
