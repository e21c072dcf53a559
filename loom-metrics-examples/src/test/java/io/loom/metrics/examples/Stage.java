package io.loom.metrics.examples;

import java.io.IOException;
import java.nio.file.Path;

/** A browser, a service, and its live page in the browser. */
record Stage(Browser browser, DashboardStub service, LiveDashboard page) implements AutoCloseable {
    /** Opens one, or ends the test where there is no browser. */
    static Stage open(Path directory) throws IOException {
        Browser browser = Browser.start(directory);
        try {
            DashboardStub service = DashboardStub.start();
            return new Stage(
                    browser, service, new LiveDashboard(browser, service.uri().resolve("/dashboard")));
        } catch (IOException e) {
            browser.close();
            throw e;
        }
    }

    /** Makes all as it was at first, but for what the browser has cached. */
    void reset() {
        service.mood(DashboardStub.Mood.FINE);
        browser.screen(1280, 1000, false);
        browser.media("prefers-color-scheme", "light");
        browser.leave(service.uri());
    }

    @Override
    public void close() {
        browser.close();
        service.close();
    }
}
