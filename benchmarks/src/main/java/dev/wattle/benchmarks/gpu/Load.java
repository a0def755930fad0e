/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.gpu;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A GPU's work over time. */
enum Load {
    IDLE {
        @Override
        void run(@Nullable Cuda cuda, long endNanos) {
            pauseUntil(endNanos);
        }
    },
    STEADY {
        @Override
        void run(@Nullable Cuda cuda, long endNanos) {
            work(cuda, endNanos);
        }
    },
    /** Seven times a second: too fast for a mean over a second, and in no step with a tenth of one. */
    BURST {
        @Override
        void run(@Nullable Cuda cuda, long endNanos) {
            while (System.nanoTime() - endNanos < 0) {
                duty(cuda, 0.5, 137_000_000);
            }
        }
    },
    /** A quarter, a half, three quarters and all of the time, each a quarter of it. */
    STEPPED {
        @Override
        void run(@Nullable Cuda cuda, long endNanos) {
            long start = System.nanoTime();
            long quarter = Math.max(1, (endNanos - start) / 4);
            while (System.nanoTime() - endNanos < 0) {
                duty(cuda, Math.min(4, (System.nanoTime() - start) / quarter + 1) / 4.0, 40_000_000);
            }
        }
    };

    abstract void run(@Nullable Cuda cuda, long endNanos);

    private static void duty(@Nullable Cuda cuda, double part, long periodNanos) {
        long now = System.nanoTime();
        work(cuda, now + (long) (part * periodNanos));
        pauseUntil(now + periodNanos);
    }

    private static void work(@Nullable Cuda cuda, long endNanos) {
        if (cuda == null) {
            pauseUntil(endNanos);
        } else {
            cuda.burnUntil(endNanos);
        }
    }

    private static void pauseUntil(long endNanos) {
        for (long left = endNanos - System.nanoTime(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
