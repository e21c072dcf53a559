package io.loom.metrics.health;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds plugins on the class path and the module path. One that cannot be made costs itself alone. */
final class PluginFinder {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);
    /** A loader is asked on after it has failed, but not for ever. */
    private static final int MAX_FAILURES = 100;

    private PluginFinder() {}

    static List<MonitorPlugin> find(ClassLoader loader) {
        List<MonitorPlugin> found = new ArrayList<>();
        Iterator<MonitorPlugin> plugins =
                ServiceLoader.load(MonitorPlugin.class, loader).iterator();
        int failures = 0;
        boolean more = true;
        while (more && failures < MAX_FAILURES) {
            try {
                more = plugins.hasNext();
                if (more) {
                    found.add(plugins.next());
                }
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                failures++;
                log.warn("a monitor plugin cannot be made, and is left out: {}", OneLine.of(e), e);
            }
        }
        return found;
    }
}
