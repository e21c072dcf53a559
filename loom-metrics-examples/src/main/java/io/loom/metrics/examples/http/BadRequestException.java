package io.loom.metrics.examples.http;

/** The client must ask differently. The message is for the client. */
final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    private final int status;

    private BadRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    static BadRequestException malformed(String message) {
        return new BadRequestException(BAD_REQUEST, message);
    }

    static BadRequestException notFound(String message) {
        return new BadRequestException(NOT_FOUND, message);
    }

    static BadRequestException tooLarge(String message) {
        return new BadRequestException(TOO_LARGE, message);
    }

    int status() {
        return status;
    }
}
