/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.EpochTimes;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Trains on the digits in one of the ways that Deeplearning4j knows, and prints what the program itself counted. */
public final class TrainingWays {
    private TrainingWays() {}

    /** @param args the name of a {@link Way} in lower case, how many epochs, and how many times the data is there */
    public static void main(String[] args) throws InterruptedException {
        Way way = Way.valueOf(args[0].toUpperCase(Locale.ROOT));
        Nd4j.factory().blas().setMaxThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        int copies = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        EpochTimes times = new EpochTimes();
        Counts counts = way.train(new Digits(copies), Integer.parseInt(args[1]), times);
        System.out.println("epochs: " + counts.epochs());
        System.out.println("iterations: " + counts.iterations());
        System.out.println("samples: " + counts.samples());
        System.out.println("epoch times: " + times);
    }
}
