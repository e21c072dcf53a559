package io.loom.metrics.binder;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What can be learned of an exchange only while it is used: its route template, and whether the client went away. The server
 * throws a plain IOException then, as the service's own clients do, so the exchange's streams are watched. Thread-safe.
 */
final class ExchangeWatch {
    private static final int FIRST_ERROR = 400;
    private static final int CLIENT_CLOSED = 499;
    private static final int SERVER_ERROR = 500;

    private volatile @Nullable Object attribute;
    private volatile @Nullable IOException broken;

    void attribute(@Nullable Object value) {
        attribute = value;
    }

    @Nullable
    Object attribute() {
        return attribute;
    }

    /** {@return the route template that the handler has set; null where it has not} */
    @Nullable
    String endpoint() {
        return attribute instanceof String template ? template : null;
    }

    /** Sending or reading failed; the first time counts. */
    void broke(IOException failure) {
        if (broken == null) {
            broken = failure;
        }
    }

    /** {@return what a request whose handler returned counts as, by the status of its answer, -1 where there is none} */
    int statusOf(int sent) {
        return broken == null ? sent : CLIENT_CLOSED;
    }

    /**
     * {@return what a request whose handler threw counts as} If that is not because of its client, closing the answer may have
     * failed as well: it is not whole.
     *
     * @param sent the status of the answer, -1 where there is none; the server cuts the connection
     */
    @SuppressWarnings("ReferenceEquality") // that very one
    int statusOf(int sent, Throwable failure) {
        IOException ofTheClient = broken;
        if (ofTheClient != null && CauseChain.has(failure, cause -> cause == ofTheClient)) {
            return CLIENT_CLOSED;
        }
        return sent >= FIRST_ERROR ? sent : SERVER_ERROR;
    }

    InputStream watched(InputStream body) {
        return new WatchedInput(body);
    }

    OutputStream watched(OutputStream body) {
        return new WatchedOutput(body);
    }

    private final class WatchedInput extends FilterInputStream {
        private WatchedInput(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                broke(e);
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                broke(e);
                throw e;
            }
        }
    }

    private final class WatchedOutput extends FilterOutputStream {
        private WatchedOutput(OutputStream body) {
            super(body);
        }

        @Override
        public void write(int b) throws IOException {
            try {
                out.write(b);
            } catch (IOException e) {
                broke(e);
                throw e;
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                broke(e);
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                broke(e);
                throw e;
            }
        }

        /** The body's own, which need not be flushed first. */
        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                broke(e);
                throw e;
            }
        }
    }
}
