/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.carbon.EditDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a product by the name that a person writes: {@code V100}, {@code h100}, {@code A100 80GB}, {@code rtx3090}. Immutable
 * and thread-safe.
 */
public final class ProductCatalog {

    private static final int MAX_NAMES = 5;

    /** A longer name is no typing error. */
    private static final int MAX_LENGTH = 60;

    /** In letters: one typing error in such a name, two in a longer one. */
    private static final int SHORT = 4;

    private record Candidate(Product product, Set<String> missing) {}

    private final List<Product> products;

    /** A catalog of these products. */
    public ProductCatalog(List<Product> products) {
        this.products = List.copyOf(products);
    }

    /** What the name may stand for. */
    public ProductMatch find(String name) {
        ProductName wanted = ProductName.of(name);
        List<Candidate> candidates = new ArrayList<>();
        for (Product product : products) {
            ProductName own = ProductName.of(product.name());
            if (wanted.fits(own)) {
                candidates.add(new Candidate(product, wanted.missing(own)));
            }
        }
        if (candidates.isEmpty()) {
            return new ProductMatch.Unknown(similar(name, wanted));
        }
        List<Product> same = products(candidates, Set.of());
        if (same.isEmpty()) {
            same = products(candidates, candidates.get(0).missing());
        } else {
            return found(same, candidates);
        }
        boolean oneModel = same.size() == candidates.size();
        boolean onePower = candidates.stream()
                        .mapToDouble(one -> one.product().watts())
                        .distinct()
                        .count()
                == 1;
        return oneModel || onePower
                ? found(candidates.stream().map(Candidate::product).toList(), candidates)
                : new ProductMatch.Ambiguous(names(candidates));
    }

    private static ProductMatch found(List<Product> variants, List<Candidate> candidates) {
        return new ProductMatch.Found(
                variants,
                candidates.stream()
                        .map(Candidate::product)
                        .filter(product -> !variants.contains(product))
                        .toList());
    }

    private static List<Product> products(List<Candidate> candidates, Set<String> missing) {
        return candidates.stream()
                .filter(candidate -> candidate.missing().equals(missing))
                .map(Candidate::product)
                .toList();
    }

    private static List<String> names(List<Candidate> candidates) {
        return candidates.stream()
                .sorted(Comparator.comparing(candidate -> candidate.missing().size()))
                .map(candidate -> candidate.product().name())
                .limit(MAX_NAMES)
                .toList();
    }

    private List<String> similar(String name, ProductName wanted) {
        if (name.length() > MAX_LENGTH) {
            return List.of();
        }
        record Near(int distance, String name) {}
        String typed = joined(wanted);
        if (typed.isEmpty()) {
            return List.of();
        }
        List<Near> near = new ArrayList<>();
        for (Product product : products) {
            String own = joined(ProductName.of(product.name()));
            int distance = distance(typed, own);
            if (distance <= (typed.length() <= SHORT ? 2 : 3)) {
                near.add(new Near(distance, product.name()));
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::distance))
                .map(Near::name)
                .limit(MAX_NAMES)
                .collect(Collectors.toUnmodifiableList());
    }

    /** 0 for another variant of the same model, 1 for a name that is only longer or shorter, else more. */
    private static int distance(String typed, String own) {
        if (typed.equals(own)) {
            return 0;
        }
        return own.startsWith(typed) || typed.startsWith(own) ? 1 : 1 + EditDistance.between(typed, own);
    }

    private static String joined(ProductName name) {
        return String.join("", name.model());
    }
}
