package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.OddText;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTemplateTest {
    @Test
    void of_null_isNull() {
        assertThat(EndpointTemplate.of(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // whole numbers
        "/api/v1/stories/42, /api/v1/stories/{id}",
        "/0, /{id}",
        "/stories/-7/edit, /stories/{id}/edit",
        "/a/1/b/2/c, /a/{id}/b/{id}/c",
        "/99999999999999999999999, /{id}",
        "42, {id}",
        // UUIDs
        "/s/123e4567-e89b-12d3-a456-426614174000, /s/{id}",
        "/s/123E4567-E89B-12D3-A456-426614174000/x, /s/{id}/x",
        "/s/abcdefab-abcd-abcd-abcd-abcdefabcdef, /s/{id}",
        // hexadecimal digits
        "/commits/deadbee1, /commits/{id}",
        "/commits/9FCEB02D0AE598E95DC970B74767F19372D61AF8, /commits/{id}",
        "/12345678, /{id}",
        // letters and digits
        "/s/01ARZ3NDEKTSV4RRFFQ69G5FAV, /s/{id}",
        "/s/0ujtsYcgvSTl8PAuAdq3YSMnLOv, /s/{id}",
        "/s/0ujtsYcgvSTl8PAuAdqWYSMnLOv, /s/{id}",
        "/s/7N42dgm5tFLK9N8M, /s/{id}",
        // behind a prefix
        "/users/user_8f14e45f, /users/{id}",
        "/s/story-01ARZ3NDEKTSV4RRFFQ69G5FAV, /s/{id}",
        "/o/order_123e4567-e89b-12d3-a456-426614174000, /o/{id}",
        "/c/cus-12345678, /c/{id}",
    })
    void of_segmentThatLooksLikeAnIdentifier_folds(String path, String template) {
        assertThat(EndpointTemplate.of(path)).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "/api/v1/stories",
                "/api/v1/stories/",
                "/api/v2beta1",
                "/facade",
                "/decade/deface",
                "/deadbeef",
                "/internationalization",
                "/internationalization2",
                "/user-guide",
                "/chapter-12",
                "/oauth2/token",
                "/s3/1x",
                "/2024-01-15",
                "/12345a",
                "/users/user_123",
                "/.well-known/openid-configuration",
                "/stories/{id}",
                "/stories/{storyId}/chapters/{n}",
                "/日本/é",
                "/\uFF11\uFF12",
                "stories",
                "*",
            })
    void of_wordsAndTemplates_stayAsTheyAre(String path) {
        assertThat(EndpointTemplate.of(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/stories?page=2, /stories",
        "/stories#top, /stories",
        "/stories/42?x=/7#y, /stories/{id}",
        "/stories#a?b, /stories",
        "/stories/?, /stories/",
        "?q=1, ''",
        "#top, ''",
    })
    void of_queryAndFragment_areDropped(String path, String template) {
        assertThat(EndpointTemplate.of(path)).isEqualTo(template);
    }

    @Test
    void of_pathOfAMegabyte_isCutBetweenSegments() {
        String path = "/stories" + "/abc".repeat(262_144);

        assertThat(EndpointTemplate.of(path)).isEqualTo("/stories" + "/abc".repeat(29) + '/');
    }

    @Test
    void of_megabyteInOneSegment_isAnIdentifier() {
        assertThat(EndpointTemplate.of("/" + "x".repeat(1 << 20))).isEqualTo("/{id}");
    }

    @Test
    void of_segmentThatWouldBeCutIntoAnIdentifier_isLeftOut() {
        String path = "/" + "x".repeat(118) + "/deadbee1-not-an-id";

        assertThat(EndpointTemplate.of(path)).isEqualTo("/" + "x".repeat(118) + '/');
    }

    @Test
    void of_template_staysAsItIs() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            String template = EndpointTemplate.of("/" + OddText.next(random, 30));

            assertThat(EndpointTemplate.of(template)).isEqualTo(template);
        }
    }

    @Test
    void of_randomIdentifiers_foldToOneTemplate() {
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            String number = Long.toString(random.nextLong());
            String hash = String.format("%016x%016x", random.nextLong(), random.nextLong());
            String uuid = new UUID(random.nextLong(), random.nextLong()).toString();

            assertThat(EndpointTemplate.of("/a/" + number + "/b/" + hash + "/c/" + uuid))
                    .isEqualTo("/a/{id}/b/{id}/c/{id}");
        }
    }
}
