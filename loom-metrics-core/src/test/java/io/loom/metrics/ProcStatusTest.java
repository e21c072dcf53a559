package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatusTest {
    @TempDir
    private Path directory;

    private Path file;
    private ProcStatus status;

    @BeforeEach
    void createReader() {
        file = directory.resolve("status");
        status = new ProcStatus(file);
    }

    @Test
    void bytes_sampleFile_isTheSizeInBytes() throws IOException {
        Files.writeString(file, """
                Name:\tjava
                Umask:\t0022
                VmPeak:\t 9999999 kB
                VmSize:\t 8388608 kB
                VmRSS:\t  524288 kB
                Threads:\t42
                """);

        assertThat(status.bytes("VmSize:")).isEqualTo(8_388_608.0 * 1024);
        assertThat(status.bytes("VmRSS:")).isEqualTo(524_288.0 * 1024);
    }

    @Test
    void bytes_fileThatChanges_isReadAnew() throws IOException {
        Files.writeString(file, "VmRSS:\t1 kB\n");
        assertThat(status.bytes("VmRSS:")).isEqualTo(1024);

        Files.writeString(file, "VmRSS:\t2 kB\n");
        assertThat(status.bytes("VmRSS:")).isEqualTo(2048);
    }

    @Test
    void bytes_missingFile_isNaN() {
        assertThat(status.bytes("VmRSS:")).isNaN();
    }

    @Test
    void bytes_directory_isNaN() {
        assertThat(new ProcStatus(directory).bytes("VmRSS:")).isNaN();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "VmSize:\t1 kB",
                "VmRSS:",
                "VmRSS:\t",
                "VmRSS:\t1",
                "VmRSS:\t1 MB",
                "VmRSS:\t-1 kB",
                "VmRSS:\t1.5 kB",
                "VmRSS:\tmany kB",
                "VmRSS:\t1 kB and more",
                " VmRSS:\t1 kB",
                "vmrss:\t1 kB",
            })
    void bytes_malformedOrMissingLine_isNaN(String content) throws IOException {
        Files.writeString(file, content);

        assertThat(status.bytes("VmRSS:")).isNaN();
    }

    @Test
    void bytes_bytesThatAreNoText_areReadOver() throws IOException {
        Files.write(
                file, new byte[] {(byte) 0xFF, (byte) 0xC3, '\n', 'V', 'm', 'R', 'S', 'S', ':', '1', ' ', 'k', 'B'});

        assertThat(status.bytes("VmRSS:")).isEqualTo(1024);
    }
}
