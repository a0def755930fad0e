/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import java.util.List;

/** What a name may stand for. */
public sealed interface ProductMatch {

    /**
     * One model. Its variants may differ in power, as a PCIe board and an SXM module do.
     *
     * @param variants at least one
     * @param others other models whose names hold this one, such as {@code RTX 6000 Ada Generation} for {@code RTX 6000}
     */
    record Found(List<Product> variants, List<Product> others) implements ProductMatch {}

    /**
     * Several models of different power.
     *
     * @param names of products it may be
     */
    record Ambiguous(List<String> names) implements ProductMatch {}

    /**
     * Nothing in the tables.
     *
     * @param similar names that are, nearest first; may be empty
     */
    record Unknown(List<String> similar) implements ProductMatch {}
}
