/* SPDX-License-Identifier: Apache-2.0 */
package org.deeplearning4j.optimize;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;

/** Stands in for the class of Deeplearning4j 1.0.0-M2.1: the same names and descriptors. */
public class Solver {
    @SuppressWarnings("UnusedVariable") // by woven code
    private final Model model;

    public Solver(Model model) {
        this.model = model;
    }

    /** Null diverges, as a bad learning rate would. */
    public void optimize(@Nullable LayerWorkspaceMgr workspace) {
        if (workspace == null) {
            throw new IllegalStateException("diverged");
        }
    }
}
