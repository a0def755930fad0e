/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command line of {@code estimate}: options as {@code --name value} or {@code --name=value}. Immutable. */
final class EstimateArguments {

    /** Larger inputs are typing errors, and products of a few of them stay finite. */
    private static final double MAX = 1e12;

    /** Neither the hexadecimal numbers nor the suffixes that Java reads too. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private static final int SHOWN = 60;

    private final Map<EstimateOption, String> values;

    private EstimateArguments(Map<EstimateOption, String> values) {
        this.values = values;
    }

    static EstimateArguments of(String... words) throws UsageException {
        Map<EstimateOption, String> values = new EnumMap<>(EstimateOption.class);
        Deque<String> left = new ArrayDeque<>(List.of(words));
        while (!left.isEmpty()) {
            String word = left.remove();
            if (!word.startsWith("--")) {
                throw new UsageException("estimate takes options such as --gpu NAME, not '" + shown(word) + "'");
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
            EstimateOption option = option(name);
            String value = equals < 0 ? following(option, left) : word.substring(equals + 1);
            if (option.argument().isEmpty() && equals >= 0) {
                throw new UsageException(option.flag() + " takes no value, not '" + shown(value) + "'");
            }
            if (values.put(option, value) != null) {
                throw new UsageException(option.flag() + " is given twice");
            }
        }
        return new EstimateArguments(values);
    }

    private static EstimateOption option(String name) throws UsageException {
        Optional<EstimateOption> option = EstimateOption.named(name);
        if (option.isEmpty()) {
            throw new UsageException("estimate has no option --" + shown(name)
                    + EstimateOption.similarTo(name)
                            .map(similar -> "; did you mean " + similar.flag() + "?")
                            .orElse("; see estimate --help"));
        }
        return option.get();
    }

    private static String following(EstimateOption option, Deque<String> left) throws UsageException {
        if (option.argument().isEmpty()) {
            return "";
        }
        if (left.isEmpty() || left.peek().startsWith("--")) {
            throw new UsageException(option.flag() + " needs a value: " + option.flag() + " " + option.argument());
        }
        return left.remove();
    }

    boolean has(EstimateOption option) {
        return values.containsKey(option);
    }

    Optional<String> text(EstimateOption option) throws UsageException {
        Optional<String> text = Optional.ofNullable(values.get(option)).map(String::strip);
        if (text.isPresent() && text.get().isEmpty()) {
            throw new UsageException(option.flag() + " needs a value: " + option.flag() + " " + option.argument());
        }
        return text;
    }

    /** A number above 0. */
    OptionalDouble positive(EstimateOption option) throws UsageException {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = number(option, text.get(), "a number above 0");
        if (!(value > 0 && value <= MAX)) {
            throw wrong(option, text.get(), "a number above 0" + (value > 0 ? " and not above 1e12" : ""));
        }
        return OptionalDouble.of(value);
    }

    /** A whole number above 0. */
    OptionalDouble whole(EstimateOption option) throws UsageException {
        OptionalDouble value = positive(option);
        if (value.isPresent() && value.getAsDouble() != Math.rint(value.getAsDouble())) {
            throw wrong(option, values.getOrDefault(option, ""), "a whole number");
        }
        return value;
    }

    /** A share above 0 and at most 1, or a percentage with its sign. */
    OptionalDouble share(EstimateOption option) throws UsageException {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        String wanted = "a share above 0 and up to 1, or up to 100%";
        boolean percentage = text.get().endsWith("%");
        String digits =
                percentage ? text.get().substring(0, text.get().length() - 1).strip() : text.get();
        double value = number(option, digits, wanted) / (percentage ? 100 : 1);
        if (!(value > 0 && value <= 1)) {
            boolean forgotten = !percentage && value > 1 && value <= 100;
            throw new UsageException(wrong(option, text.get(), wanted).getMessage()
                    + (forgotten ? "; did you mean " + digits + "%?" : ""));
        }
        return OptionalDouble.of(value);
    }

    /** A number in a range. */
    OptionalDouble between(EstimateOption option, double min, double max, String wanted) throws UsageException {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = number(option, text.get(), wanted);
        if (!(value >= min && value <= max)) {
            throw wrong(option, text.get(), wanted);
        }
        return OptionalDouble.of(value);
    }

    /** Refuses options that mean nothing next to another one. */
    void allowOnly(EstimateOption cause, Set<EstimateOption> allowed) throws UsageException {
        String others = values.keySet().stream()
                .filter(option -> option != cause && !allowed.contains(option))
                .map(EstimateOption::flag)
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new UsageException(cause.flag() + " cannot be combined with " + others);
        }
    }

    /** Refuses options that mean something only next to another one. */
    void require(EstimateOption cause, Set<EstimateOption> dependent) throws UsageException {
        for (EstimateOption option : dependent) {
            if (has(option)) {
                throw new UsageException(
                        option.flag() + " is for a metered run: add " + cause.flag() + " " + cause.argument());
            }
        }
    }

    private static double number(EstimateOption option, String text, String wanted) throws UsageException {
        if (!NUMBER.matcher(text).matches()) {
            throw wrong(option, text, wanted);
        }
        return Double.parseDouble(text);
    }

    private static UsageException wrong(EstimateOption option, String text, String wanted) {
        return new UsageException(option.flag() + " takes " + wanted + ", not '" + shown(text) + "'");
    }

    /** What the user wrote, short enough for a line and without control characters. */
    static String shown(String text) {
        String printable = printable(text);
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
    }

    /** The whole text, without control characters. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
