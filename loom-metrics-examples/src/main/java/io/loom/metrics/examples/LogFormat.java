package io.loom.metrics.examples;

import java.util.Arrays;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** How the process's lines look. */
public enum LogFormat {
    /** For people. */
    TEXT {
        @Override
        void say(String text) {
            System.out.println(text);
        }
    },
    /** For machines: one JSON object a line, and nothing else. */
    JSON {
        @Override
        void say(String text) {
            LoggerFactory.getLogger(NarrativeService.class).info(text);
        }
    };

    /** What logback.xml reads. */
    private static final String PROPERTY = "loom.log";

    static LogFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label));
    }

    /** Makes all logging of this process look so; before anything is logged. The JDK's own logging goes the same way. */
    void use() {
        System.setProperty(PROPERTY, label());
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Tells what the service has to say by itself. */
    abstract void say(String text);

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
