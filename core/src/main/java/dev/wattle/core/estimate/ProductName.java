/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words of a product's name by what they say: {@code Tesla V100-SXM2-16GB} is the model {@code v100} in the variant {@code
 * sxm2}, {@code 16g}. Makers and brands say nothing, since people leave them out. Immutable.
 *
 * @param model the words that name the model, sorted
 * @param memory the sizes of its memory
 * @param form how it is built, which sets its power
 */
record ProductName(Set<String> model, Set<String> memory, Set<String> form) {

    private static final Set<String> IGNORED = Set.of(
            "nvidia",
            "tesla",
            "geforce",
            "quadro",
            "amd",
            "radeon",
            "instinct",
            "intel",
            "xeon",
            "core",
            "google",
            "cloud",
            "aws",
            "amazon",
            "huawei",
            "cpu",
            "gpu",
            "processor",
            "chip",
            "graphics",
            "generation",
            "r",
            "tm");

    /** Series, which people leave out where a number follows; but a TITAN RTX is no GTX TITAN. */
    private static final Set<String> SERIES =
            Set.of("rtx", "gtx", "rx", "epyc", "ryzen", "threadripper", "bronze", "silver", "gold", "platinum");

    private static final Pattern MEMORY = Pattern.compile("\\d+gb?");
    private static final Pattern FORM = Pattern.compile("pcie?|sxm\\d?|nvl|nvlink|oam|hbm\\d?e?");

    /** What people write for what the makers write. */
    private static final Map<String, String> SAME = Map.of("pci", "pcie", "nvlink", "sxm");

    /** Where words start that people write together: {@code RTX3090}, {@code 3080Ti}, {@code TPUv3}. */
    private static final Pattern JOINED =
            Pattern.compile("(?<=\\b(?:rtx|gtx|rx|tpu|epyc))(?=v?\\d)|(?<=\\d)(?=(?:ti|super)\\b)");

    private static final Pattern SEPARATORS = Pattern.compile("[\\s_/(),-]+");
    private static final Pattern SIZE = Pattern.compile("(\\d) +(gb?)\\b");
    private static final Pattern CLOCK_AND_CORES = Pattern.compile("@.*|\\d+-cores?\\b");

    static ProductName of(String name) {
        Set<String> model = new TreeSet<>();
        Set<String> memory = new HashSet<>();
        Set<String> form = new HashSet<>();
        for (String word : plain(name).split(" ", -1)) {
            if (FORM.matcher(word).matches()) {
                form.add(SAME.getOrDefault(word, word));
            } else if (MEMORY.matcher(word).matches()) {
                memory.add(word.replace("b", ""));
            } else if (!word.isEmpty() && !IGNORED.contains(word)) {
                model.add(word);
            }
        }
        return new ProductName(model, memory, form);
    }

    /** The name in small letters, its words separated by single spaces. */
    static String plain(String name) {
        String words = CLOCK_AND_CORES.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        words = SEPARATORS.matcher(words).replaceAll(" ");
        words = SIZE.matcher(words).replaceAll("$1$2");
        return JOINED.matcher(words).replaceAll(" ").strip();
    }

    /** Whether a product of that name is one of this name. It may have more words. */
    boolean fits(ProductName product) {
        return !model.isEmpty()
                && product.model.containsAll(model)
                && (product.memory.isEmpty() || product.memory.containsAll(memory))
                && form.stream().allMatch(product::isBuilt);
    }

    /** The driver's {@code H100} and {@code H100 80GB HBM3} are the SXM board, which their names do not say. */
    private boolean isBuilt(String word) {
        boolean saysNothing = form.stream().allMatch(own -> own.startsWith("hbm"));
        return form.stream().anyMatch(own -> own.startsWith(word)) || (saysNothing && word.startsWith("sxm"));
    }

    /** The words of a product's model that this name would need to be the same model; empty where it is. */
    Set<String> missing(ProductName product) {
        Set<String> missing = new TreeSet<>(product.model);
        missing.removeAll(model);
        if (model.stream().anyMatch(word -> word.chars().anyMatch(Character::isDigit))) {
            missing.removeAll(SERIES);
        }
        return missing;
    }
}
