package io.loom.metrics.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the service was started with: defaults, then the environment, then a properties file, then flags; the later one wins.
 *
 * @param help whether help was asked for
 */
record CommandLine(ServiceConfig config, boolean help) {
    private static final String HELP = "--help";
    private static final String CONFIG = "--config";

    static CommandLine parse(String... args) throws UsageException {
        return parse(Map.of(), args);
    }

    static CommandLine parse(Map<String, String> environment, String... args) throws UsageException {
        Map<Setting, String> file = Map.of();
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        boolean help = false;
        Iterator<String> rest = List.of(args).iterator();
        while (rest.hasNext()) {
            Flag flag = Flag.of(rest.next());
            if (flag.name.equals(HELP)) {
                help = true;
            } else if (flag.name.equals(CONFIG)) {
                file = new ConfigFile(path(flag.value(rest))).read();
            } else {
                Setting setting = flag.setting();
                flags.put(setting, flag.value == null && setting.isSwitch() ? "true" : flag.value(rest));
            }
        }
        return new CommandLine(merge(List.of(new Environment(environment).read(), file, flags)), help);
    }

    static String usage() {
        return Arrays.stream(Setting.values()).map(Setting::help).collect(Collectors.joining("\n", """
                Usage: java -jar narrative-service.jar [FLAG]...
                A service that tells stories, measured with loom-metrics.

                """, """

                  --config FILE            properties file of these settings; flags win over it
                  --help                   print this and exit"""));
    }

    /** What comes before the flags was valid by itself, so what is wrong now is a flag. */
    private static ServiceConfig merge(List<Map<Setting, String>> sources) throws UsageException {
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        sources.forEach(all::putAll);
        try {
            return ServiceConfig.of(all);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("--config must be the path of a file: was \"" + text + '"');
        }
    }

    /** One argument: {@code --name} or {@code --name=value}. */
    private record Flag(String name, @Nullable String value) {
        static Flag of(String arg) {
            int equals = arg.indexOf('=');
            return equals < 0 ? new Flag(arg, null) : new Flag(arg.substring(0, equals), arg.substring(equals + 1));
        }

        Setting setting() throws UsageException {
            return Setting.ofFlag(name)
                    .orElseThrow(() -> new UsageException("there is no flag \"" + name + "\": see --help"));
        }

        /** {@return the value: behind the equals sign, or the next argument} */
        String value(Iterator<String> rest) throws UsageException {
            if (value != null) {
                return value;
            }
            if (!rest.hasNext()) {
                throw new UsageException(name + " must have a value: see --help");
            }
            return rest.next();
        }
    }
}
