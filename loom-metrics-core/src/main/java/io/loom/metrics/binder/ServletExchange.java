package io.loom.metrics.binder;

import io.loom.metrics.HttpRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A metered request from its start to its end: when the chain returns, or when the container completes what was made
 * asynchronous. Handed from thread to thread by the container, as the request itself is.
 *
 * <p>A time-out or an error is not the end yet: only after it the container, or another listener, decides on the status. It
 * must complete the request then (Servlet 6.1, {@code ServletRequest.startAsync}).
 */
final class ServletExchange implements AsyncListener {
    /** Tomcat's and Jetty's; others throw a plain IOException, as the service's own clients do. */
    private static final Set<String> CLIENT_GONE =
            Set.of("org.apache.catalina.connector.ClientAbortException", "org.eclipse.jetty.io.EofException");

    private static final int FIRST_ERROR = 400;
    private static final int CLIENT_CLOSED = 499;

    private final HttpRequest metered;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final IntFunction<String> endpoint;
    private volatile boolean threw; // by the service itself, not by its connection
    private volatile int failed; // the status that the response cannot tell any more

    /** @param endpoint the endpoint by the status */
    ServletExchange(
            HttpRequest metered,
            HttpServletRequest request,
            HttpServletResponse response,
            IntFunction<String> endpoint) {
        this.metered = metered;
        this.request = request;
        this.response = response;
        this.endpoint = endpoint;
    }

    /** The chain returned. */
    void returned() {
        if (!goesOn()) {
            end();
        }
    }

    /** The chain threw. */
    void threw(Throwable failure) {
        threw = true;
        boolean clientGone = isClientGone(failure);
        if (goesOn()) {
            fail(clientGone);
        } else {
            failed = clientGone ? CLIENT_CLOSED : brokenOff();
            end();
        }
    }

    /** A dispatch of the request threw. */
    void dispatchThrew() {
        threw = true;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        fail(false);
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable failure = event.getThrowable();
        fail(isClientGone(failure) || isOfTheConnection(failure));
    }

    /** A dispatch that goes asynchronous again has dropped its listeners. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    private boolean goesOn() {
        return request.isAsyncStarted() && listens();
    }

    private boolean listens() {
        try {
            request.getAsyncContext().addListener(this);
            return true;
        } catch (IllegalStateException e) { // it is over already
            return false;
        }
    }

    /** What has not been answered yet will be, by an error page or by whoever handles it, and the response will tell. */
    private void fail(boolean clientGone) {
        if (failed == 0 && clientGone) {
            failed = CLIENT_CLOSED;
        } else if (failed == 0 && response.isCommitted()) {
            failed = brokenOff();
        }
    }

    /** An answer of 200 that broke off has not succeeded; one that has not begun will be 500. */
    private int brokenOff() {
        int status = response.getStatus();
        return response.isCommitted() && status >= FIRST_ERROR ? status : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    private void end() {
        int status = failed != 0 ? failed : response.getStatus();
        metered.status(status);
        metered.endpoint(endpoint.apply(status));
        metered.close();
    }

    private boolean isOfTheConnection(@Nullable Throwable failure) {
        return failure instanceof IOException && !threw && response.isCommitted();
    }

    private static boolean isClientGone(@Nullable Throwable failure) {
        return CauseChain.has(
                failure, cause -> CLIENT_GONE.contains(cause.getClass().getName()));
    }
}
