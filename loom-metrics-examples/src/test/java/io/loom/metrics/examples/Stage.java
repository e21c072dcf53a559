package io.loom.metrics.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser, a service, and its live page in the browser: opened for all tests of a class. Where there is no browser, they end.
 */
final class Stage implements BeforeAllCallback, AfterAllCallback {
    private final Supplier<Path> directory;
    private Browser browser;
    private DashboardStub service;

    /**
     * Prepares one.
     *
     * @param directory gets the browser's profile; it may come into being later
     */
    Stage(Supplier<Path> directory) {
        this.directory = directory;
    }

    Browser browser() {
        return browser;
    }

    DashboardStub service() {
        return service;
    }

    LiveDashboard page() {
        return new LiveDashboard(browser, service.uri().resolve("/dashboard"));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        browser = Browser.start(directory.get());
        service = DashboardStub.start();
    }

    /** Makes all as it was at first, but for what the browser has cached. */
    void reset() {
        service.mood(DashboardStub.Mood.FINE);
        browser.screen(1280, 1000, false);
        browser.media("prefers-color-scheme", "light");
        browser.leave(service.uri());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
    }
}
