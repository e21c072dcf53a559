package io.loom.metrics.examples.promql;

import io.loom.metrics.examples.promql.Expression.Aggregation;
import io.loom.metrics.examples.promql.Expression.Call;
import io.loom.metrics.examples.promql.Expression.Constant;
import io.loom.metrics.examples.promql.Expression.Operation;
import io.loom.metrics.examples.promql.Selector.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads as much of PromQL as our queries use. The rest is refused, never overlooked. For one query and one thread.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/operators/">its operators and what binds them</a>
 */
final class Parser {
    /** From those that bind least to those that bind most. */
    private static final List<Set<String>> OPERATORS = List.of(
            Set.of("or"),
            Set.of("and", "unless"),
            Set.of("==", "!=", ">", "<", ">=", "<="),
            Set.of("+", "-"),
            Set.of("*", "/", "%", "atan2"),
            Set.of("^"));

    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "min", "max", "avg", "count", "group", "stddev", "stdvar", "quantile");
    private static final Set<String> SELECTIONS = Set.of("topk", "bottomk");
    private static final Set<String> MAKERS_OF_LABELS = Set.of("label_replace", "label_join", "count_values", "info");
    private static final Set<String> NUMBERS = Set.of("inf", "nan");

    private final Tokens tokens;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Expression parse(String query) {
        Parser parser = new Parser(Tokens.of(query));
        Expression expression = parser.operation(0);
        parser.tokens.require(parser.tokens.atEnd(), "the end");
        return expression;
    }

    private Expression operation(int level) {
        if (level == OPERATORS.size()) {
            return operand();
        }
        Expression left = operation(level + 1);
        while (tokens.atAny(OPERATORS.get(level))) {
            String operator = tokens.take();
            tokens.skip("bool");
            Matching matching = matching();
            left = new Operation(left, operator, matching, operation(level + 1));
        }
        return left;
    }

    private Matching matching() {
        if (!tokens.atAny(Set.of("on", "ignoring"))) {
            return Matching.OF_ALL;
        }
        boolean on = tokens.take().equals("on");
        Set<String> labels = names();
        if (!tokens.atAny(Set.of("group_left", "group_right"))) {
            return new Matching(on, labels, Matching.Group.NONE, Set.of());
        }
        Matching.Group group = tokens.take().equals("group_left") ? Matching.Group.LEFT : Matching.Group.RIGHT;
        return new Matching(on, labels, group, tokens.at("(") ? names() : Set.of());
    }

    private Expression operand() {
        if (tokens.skip("-") || tokens.skip("+")) {
            return operand();
        }
        Expression operand = whole();
        while (tokens.atRange() || tokens.atAny(Set.of("offset", "@"))) {
            if (!tokens.take().startsWith("[")) {
                tokens.skip("-");
                tokens.take();
            }
        }
        return operand;
    }

    private Expression whole() {
        if (tokens.skip("(")) {
            Expression inner = operation(0);
            tokens.skipOnly(")");
            return inner;
        }
        String token = tokens.take();
        if (!Tokens.isName(token)) {
            tokens.require(!token.equals("{"), "a name before its matchers");
            tokens.require(Tokens.isValue(token), "an operand");
            return new Constant();
        }
        return NUMBERS.contains(token.toLowerCase(Locale.ROOT)) ? new Constant() : named(token);
    }

    private Expression named(String name) {
        tokens.require(!MAKERS_OF_LABELS.contains(name), "no function that makes labels");
        if (AGGREGATIONS.contains(name) || SELECTIONS.contains(name)) {
            return aggregation(SELECTIONS.contains(name));
        }
        if (tokens.at("(")) {
            return new Call(name, arguments());
        }
        return new Selector(name, tokens.at("{") ? matchers() : List.of());
    }

    /** It says before or after its arguments what it groups by. */
    private Expression aggregation(boolean keeps) {
        List<Expression> arguments = tokens.at("(") ? arguments() : List.of();
        boolean by = true;
        Set<String> labels = Set.of();
        if (tokens.atAny(Set.of("by", "without"))) {
            by = tokens.take().equals("by");
            labels = names();
        }
        List<Expression> all = arguments.isEmpty() ? arguments() : arguments;
        tokens.require(!all.isEmpty(), "something to aggregate");
        return new Aggregation(keeps, by, labels, all);
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        tokens.skipOnly("(");
        while (!tokens.at(")")) {
            arguments.add(operation(0));
            if (!tokens.at(")")) {
                tokens.skipOnly(",");
            }
        }
        tokens.skipOnly(")");
        return arguments;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        tokens.skipOnly("(");
        while (!tokens.skip(")")) {
            names.add(tokens.takeName());
            tokens.skip(",");
        }
        return names;
    }

    private List<Matcher> matchers() {
        List<Matcher> matchers = new ArrayList<>();
        tokens.skipOnly("{");
        while (!tokens.skip("}")) {
            matchers.add(new Matcher(tokens.takeName(), tokens.takeAny(Tokens.MATCHES), tokens.takeText()));
            tokens.skip(",");
        }
        return matchers;
    }
}
