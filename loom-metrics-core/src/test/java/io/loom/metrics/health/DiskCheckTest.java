package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {
    @TempDir
    private Path directory;

    @Test
    void check_ofADisk_followsItsLimits() throws IOException {
        DiskCheck disk = DiskCheck.of(directory);

        assertThat(disk.limits(0, 0).check().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(disk.limits(Long.MAX_VALUE, 0).check().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(disk.limits(Long.MAX_VALUE, Long.MAX_VALUE).check().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(disk.check().details()).matches("\\d+ MiB left");
    }

    @Test
    void check_ofAPathThatIsNotThere_fails() {
        assertThatThrownBy(() -> DiskCheck.of(directory.resolve("gone")).check())
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void limits_thatRise_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiskCheck.of(directory).limits(1, 2))
                .withMessage("disk limits must be 0 or more, and that of unhealthy no more: were 1 and 2 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiskCheck.of(directory).limits(1, -1));
    }
}
