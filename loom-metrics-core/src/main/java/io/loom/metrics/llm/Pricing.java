package io.loom.metrics.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost, from a list that the caller supplies. There is no default list: prices age, and a guess would be wrong
 * without a word. Immutable.
 *
 * <pre>
 *   model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
 *   story-large*,0,2.50,10,1.25,,
 *   story-large*,200000,5,20,2.50,,
 * </pre>
 *
 * <p>Prices are US dollars for a million tokens, with at most six decimals. In a model's name {@code *} stands for any
 * characters; the first name that fits a model counts, and the lines with that very name are its tiers: the one with the most
 * context tokens that the prompt reaches. An empty price of cached or cache-write tokens is that of prompt tokens, and an empty
 * price of reasoning tokens that of completion tokens. Blank lines and lines that begin with {@code #} are passed over. Values
 * have no quotes. A line that none could reach, behind one that fits all that it fits, is refused.
 *
 * <p>All arithmetic is in whole trillionths of a dollar, and exact.
 */
public final class Pricing {
    private static final String ANY = "*";

    private final List<Model> models;

    private Pricing(List<Model> models) {
        this.models = models;
    }

    /**
     * {@return the prices in a file, in UTF-8}
     *
     * @throws IOException where it cannot be read
     * @throws IllegalArgumentException where it is malformed, naming line and column
     */
    public static Pricing read(Path csv) throws IOException {
        return parse(Files.readString(csv));
    }

    /**
     * {@return the prices in a text}
     *
     * @throws IllegalArgumentException where it is malformed, naming line and column
     */
    public static Pricing parse(String csv) {
        Map<String, List<PriceTier>> tiers = PriceLines.parse(csv).stream()
                .collect(Collectors.groupingBy(
                        PriceLines.Line::model,
                        LinkedHashMap::new,
                        Collectors.mapping(PriceLines.Line::tier, Collectors.toList())));
        return new Pricing(tiers.entrySet().stream()
                .map(model -> new Model(pattern(model.getKey()), new ModelPrice(model.getValue())))
                .toList());
    }

    /** {@return the prices of a model, if the list has them} */
    public Optional<ModelPrice> of(@Nullable String model) {
        String name = Objects.requireNonNullElse(model, "");
        return models.stream()
                .filter(known -> known.name.matcher(name).matches())
                .map(Model::price)
                .findFirst();
    }

    static Pattern pattern(String glob) {
        List<String> literals = List.of(glob.split(Pattern.quote(ANY), -1));
        return Pattern.compile(literals.stream().map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }

    private record Model(Pattern name, ModelPrice price) {}
}
