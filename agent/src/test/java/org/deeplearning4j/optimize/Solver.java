/* SPDX-License-Identifier: Apache-2.0 */
package org.deeplearning4j.optimize;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;

/** Stands in for the class of Deeplearning4j 1.0.0-M2.1: the same name and descriptor. */
public class Solver {
    /** Null diverges, as a bad learning rate would. */
    public void optimize(@Nullable LayerWorkspaceMgr workspace) {
        if (workspace == null) {
            throw new IllegalStateException("diverged");
        }
    }
}
