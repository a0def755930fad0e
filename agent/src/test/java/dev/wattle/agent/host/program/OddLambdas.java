/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Lambdas, method references and records of every kind there is, and what comes of them as text. */
public final class OddLambdas {
    private final String name;

    private OddLambdas(String name) {
        this.name = name;
    }

    /** What all of them give, in one order. */
    public static String results() {
        List<Object> results = new ArrayList<>();
        new OddLambdas("odd").fill(results);
        records(results);
        return results.toString();
    }

    private void fill(List<Object> into) {
        byte small = 3;
        char letter = 'x';
        float fraction = 1.5f;
        long big = 1L << 40;
        Supplier<String> capturesAll = () -> name + small + letter + fraction + big + into.size();
        into.add(capturesAll.get());
        Function<String, Integer> boxes = String::length;
        into.add(boxes.apply("boxed"));
        ToIntFunction<Integer> unboxes = Integer::intValue;
        into.add(unboxes.applyAsInt(7));
        ToLongFunction<Integer> unboxesAndWidens = number -> number;
        into.add(unboxesAndWidens.applyAsLong(8));
        ToDoubleFunction<Long> widensLong = Long::longValue;
        into.add(widensLong.applyAsDouble(9L));
        IntToLongFunction widens = Math::abs;
        into.add(widens.applyAsLong(-10));
        LongBinaryOperator primitives = Math::floorMod;
        into.add(primitives.applyAsLong(-1, 7));
        BinaryOperator<Integer> boxedBothWays = Integer::sum;
        into.add(boxedBothWays.apply(11, 12));
        IntFunction<int[]> arrays = int[]::new;
        into.add(arrays.apply(3).length);
        Function<String, OddLambdas> constructs = OddLambdas::new;
        into.add(constructs.apply("made").name);
        Supplier<List<String>> constructsPlain = ArrayList::new;
        into.add(constructsPlain.get());
        Supplier<String> bound = this::hidden;
        into.add(bound.get());
        Function<OddLambdas, String> unbound = OddLambdas::hidden;
        into.add(unbound.apply(this));
        Consumer<Object> ignoresTheAnswer = into::add;
        ignoresTheAnswer.accept("added");
        BiFunction<Map<String, Integer>, String, Integer> ofInterface = Map::get;
        into.add(ofInterface.apply(Map.of("key", 13), "key"));
        Comparator<String> generic = Comparator.comparing(String::length);
        into.add(generic.thenComparing(Comparator.naturalOrder()).compare("b", "a"));
        into.add(List.of("c", "a").stream().sorted(String::compareTo).toList());
        into.add(new TreeMap<>(Map.of(1, "one")).computeIfAbsent(2, key -> "two" + key));
        into.add(((LongSupplier) () -> big).getAsLong());
        into.add(((IntSupplier) () -> letter).getAsInt());
        into.add(Nested.supplier().get());
        into.add(Speaks.speaker().get());
        Supplier<String> one = same();
        Supplier<String> other = same();
        into.add(one.equals(other));
    }

    private static Supplier<String> same() {
        return () -> "one object";
    }

    private String hidden() {
        return "hidden " + name;
    }

    private static void records(List<Object> into) {
        Odd odd = new Odd(1, 2L, 0.0, 0.5f, true, 'c', (byte) 4, (short) 5, "text", null);
        Odd equal = new Odd(1, 2L, 0.0, 0.5f, true, 'c', (byte) 4, (short) 5, "te".concat("xt"), null);
        Odd negative = new Odd(1, 2L, -0.0, 0.5f, true, 'c', (byte) 4, (short) 5, "text", null);
        into.add(odd);
        into.add(odd.equals(equal));
        into.add(odd.hashCode() == equal.hashCode());
        into.add(odd.equals(negative));
        into.add(odd.equals("text"));
        into.add(Objects.equals(odd, null));
        into.add(odd.hashCode());
        into.add(new Empty());
        into.add(new Empty().equals(new Empty()));
        into.add(new Empty().hashCode());
    }

    private record Odd(
            int i,
            long l,
            double d,
            float f,
            boolean z,
            char c,
            byte b,
            short s,
            String text,
            @Nullable Object nothing) {}

    private record Empty() {}

    /** A lambda in a class within. */
    private static final class Nested {
        private static String secret() {
            return "secret";
        }

        static Supplier<String> supplier() {
            return Nested::secret;
        }
    }

    /** A lambda in an interface, with a private body. */
    private interface Speaks {
        static Supplier<String> speaker() {
            String word = "spoken";
            return () -> word + speak();
        }

        private static String speak() {
            return "!";
        }
    }
}
