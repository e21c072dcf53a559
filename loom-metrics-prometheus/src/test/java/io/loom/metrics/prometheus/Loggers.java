package io.loom.metrics.prometheus;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Loggers to listen to. */
public final class Loggers {
    private Loggers() {}

    /** {@return the logger of a class} SLF4J answers with a stand-in while another thread is initialising it: that is awaited. */
    public static Logger of(Class<?> speaker) {
        while (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
            Thread.onSpinWait();
        }
        return (Logger) LoggerFactory.getLogger(speaker);
    }
}
