package io.loom.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * What the library was built from.
 *
 * @param version the Maven version
 * @param revision the abbreviated commit, or {@code unknown} where the build had none
 */
record BuildInfo(String version, String revision) {
    private static final String RESOURCE = "build.properties";
    private static final String UNKNOWN = "unknown";

    static BuildInfo load() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return new BuildInfo(UNKNOWN, UNKNOWN); // a broken jar must not stop the service
        }
        return new BuildInfo(properties.getProperty("version", UNKNOWN), properties.getProperty("revision", UNKNOWN));
    }
}
