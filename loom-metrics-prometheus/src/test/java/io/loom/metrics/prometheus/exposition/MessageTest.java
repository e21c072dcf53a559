package io.loom.metrics.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of protobuf's own description of its encoding, and the ends of the ranges. */
class MessageTest {
    private final Message message = new Message();

    @Test
    void uint_smallAndLarge_isAVarint() throws IOException {
        message.uint(1, 150);
        message.uint(2, 0);
        message.uint(3, Long.MAX_VALUE);
        message.uint(16, 127);

        assertThat(hex()).isEqualTo("089601" + "1000" + "18ffffffffffffffff7f" + "80017f");
    }

    @Test
    void sint_eitherSign_isSmallWhereItsAbsoluteValueIs() throws IOException {
        message.sint(1, 0);
        message.sint(1, -1);
        message.sint(1, 1);
        message.sint(1, Integer.MAX_VALUE);
        message.sint(1, Long.MIN_VALUE);

        assertThat(hex()).isEqualTo("0800" + "0801" + "0802" + "08feffffff0f" + "08ffffffffffffffffff01");
    }

    @Test
    void number_keepsEveryBit() throws IOException {
        message.number(1, 1);
        message.number(1, -0.0);
        message.number(1, Double.MIN_VALUE);

        assertThat(hex()).isEqualTo("09000000000000f03f" + "090000000000000080" + "090100000000000000");
    }

    @Test
    void ascii_isTheTextItself() throws IOException {
        message.ascii(2, "testing");
        message.ascii(1, "");

        assertThat(hex()).isEqualTo("120774657374696e67" + "0a00");
    }

    @Test
    void message_inAnother_isBehindItsLength() throws IOException {
        Message outer = new Message();
        message.uint(1, 150);
        outer.message(3, message);
        outer.text(2, new byte[] {'t', 'e', 's', 't', '!'}, 4);
        message.clear();
        message.delimited(outer);

        assertThat(hex()).isEqualTo("0b" + "1a03089601" + "120474657374");
    }

    @Test
    void truncate_afterMoreWasAdded_keepsWhatWasBefore() throws IOException {
        message.uint(1, 150);
        int kept = message.length();
        message.text(2, new byte[10_000], 10_000);
        message.truncate(kept);

        assertThat(hex()).isEqualTo("089601");
    }

    private String hex() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
