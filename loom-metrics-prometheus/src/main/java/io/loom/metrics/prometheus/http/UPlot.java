package io.loom.metrics.prometheus.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** uPlot, which draws charts in the browser, in the jar that it comes in: a <a href="https://www.webjars.org">WebJar</a>. */
final class UPlot {
    /** Makes a global of the name {@code uPlot}. */
    static final String SCRIPT = "uPlot.iife.min.js";

    static final String STYLE = "uPlot.min.css";

    private static final String ABOUT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private final ClassLoader loader;
    private final String version;

    private UPlot(ClassLoader loader, String version) {
        this.loader = loader;
        this.version = version;
    }

    /**
     * {@return what there is} Its files have its version in their path, and the jar tells which one that is.
     *
     * @throws IllegalStateException where there is none
     */
    static UPlot find(ClassLoader loader) {
        return new UPlot(loader, version(present(loader, ABOUT)));
    }

    byte[] file(String name) {
        return present(loader, "META-INF/resources/webjars/uplot/" + version + "/dist/" + name);
    }

    private static String version(byte[] about) {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(about));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    private static byte[] present(ClassLoader loader, String name) {
        byte[] content = Resource.in(loader, name);
        if (content == null) {
            throw new IllegalStateException("dashboard must find uPlot on the class path: there is no \"" + name
                    + "\". Do not exclude org.webjars.npm:uplot from loom-metrics-prometheus, or add it.");
        }
        return content;
    }
}
