package io.loom.metrics.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Whether there is room left on the disk of a path: degraded below 1 GiB and unhealthy below 100 MiB, unless other limits are set.
 * A path that is not there is unhealthy. Immutable and thread-safe.
 */
public final class DiskCheck implements HealthCheck {
    private static final long MIB = 1 << 20;
    private static final long DEGRADED = 1024 * MIB;
    private static final long UNHEALTHY = 100 * MIB;

    private final Path path;
    private final long degradedBytes;
    private final long unhealthyBytes;

    private DiskCheck(Path path, long degradedBytes, long unhealthyBytes) {
        this.path = path;
        this.degradedBytes = degradedBytes;
        this.unhealthyBytes = unhealthyBytes;
    }

    /**
     * {@return a check of the disk that {@code path} is on}
     *
     * @param path of a file or a directory that is there
     */
    public static DiskCheck of(Path path) {
        return new DiskCheck(Objects.requireNonNull(path, "path"), DEGRADED, UNHEALTHY);
    }

    /**
     * {@return a check with other limits}
     *
     * @param degradedBytes what must be left for it to be healthy
     * @param unhealthyBytes what must be left for it not to be unhealthy; no more
     * @throws IllegalArgumentException where they are negative, or the second is more
     */
    public DiskCheck limits(long degradedBytes, long unhealthyBytes) {
        if (unhealthyBytes < 0 || unhealthyBytes > degradedBytes) {
            throw new IllegalArgumentException("disk limits must be 0 or more, and that of unhealthy no more: were "
                    + degradedBytes + " and " + unhealthyBytes + " bytes");
        }
        return new DiskCheck(path, degradedBytes, unhealthyBytes);
    }

    @Override
    public HealthResult check() throws IOException {
        long usable = Files.getFileStore(path).getUsableSpace();
        String details = usable / MIB + " MiB left";
        if (usable < unhealthyBytes) {
            return HealthResult.unhealthy(details);
        }
        return usable < degradedBytes ? HealthResult.degraded(details) : HealthResult.healthy(details);
    }
}
