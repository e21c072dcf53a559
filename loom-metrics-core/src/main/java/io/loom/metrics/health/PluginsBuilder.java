package io.loom.metrics.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds {@link Plugins}: an interval of 15 seconds, a timeout of 5 seconds, 1,000 series for each plugin. Not thread-safe.
 */
public final class PluginsBuilder {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);

    private final MeterRegistry registry;
    private final Map<String, MonitorPlugin> plugins = new LinkedHashMap<>();
    private PluginSettings settings = PluginSettings.DEFAULT;

    PluginsBuilder(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Adds a plugin. It is asked for its name now, and once.
     *
     * @throws IllegalArgumentException where the name is illegal, or another plugin has it
     */
    public PluginsBuilder plugin(MonitorPlugin plugin) {
        String name = Limits.name("plugin", Objects.requireNonNull(plugin.name(), "plugin name"));
        if (plugins.putIfAbsent(name, plugin) != null) {
            throw new IllegalArgumentException(
                    "plugin names must be distinct: \"" + name + "\" is there already. Rename one of them.");
        }
        return this;
    }

    /** Adds the plugins that {@link java.util.ServiceLoader} finds by this thread's context class loader. */
    public PluginsBuilder discover() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return discover(context == null ? ClassLoader.getSystemClassLoader() : context);
    }

    /**
     * Adds the plugins that {@link java.util.ServiceLoader} finds by a class loader. One that cannot be made, or whose name is illegal
     * or taken, is left out, and a warning tells.
     */
    public PluginsBuilder discover(ClassLoader loader) {
        for (MonitorPlugin found : PluginFinder.find(loader)) {
            try {
                plugin(found);
            } catch (Throwable e) { // its own
                log.warn(
                        "the monitor plugin {} is left out: {}",
                        found.getClass().getName(),
                        OneLine.of(e));
            }
        }
        return this;
    }

    /**
     * Sets how long to wait after each call of a plugin: 15 seconds unless it is set.
     *
     * @param interval positive, and at most an hour
     * @throws IllegalArgumentException where it is not
     */
    public PluginsBuilder interval(Duration interval) {
        Limits.time("interval of plugins", interval);
        settings = new PluginSettings(interval, settings.timeout(), settings.seriesLimit());
        return this;
    }

    /**
     * Sets how long a plugin may take to give its metrics: 5 seconds unless it is set.
     *
     * @param timeout positive, and at most an hour
     * @throws IllegalArgumentException where it is not
     */
    public PluginsBuilder timeout(Duration timeout) {
        Limits.time("timeout of plugins", timeout);
        settings = new PluginSettings(settings.interval(), timeout, settings.seriesLimit());
        return this;
    }

    /**
     * Sets how many series each plugin may have: 1,000 unless it is set. What it gives beyond them is left out.
     *
     * @param series at least 1
     * @throws IllegalArgumentException where it is less
     */
    public PluginsBuilder seriesLimit(int series) {
        if (series < 1) {
            throw new IllegalArgumentException("series limit of plugins must be at least 1: was " + series);
        }
        settings = new PluginSettings(settings.interval(), settings.timeout(), series);
        return this;
    }

    /** {@return the plugins, which are being called from now on} */
    public Plugins start() {
        Plugins started = new Plugins(registry, plugins, settings);
        started.start();
        return started;
    }
}
