/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.Split;
import java.util.Locale;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Teaches a small perceptron to read handwritten digits, or to classify irises.
 *
 * <p>Standard output is the same, byte for byte, for the same options on the same machine.
 */
public final class DigitsTraining {
    private static final double TEST_SHARE = 0.2;
    private static final long SPLIT_SEED = 1998;
    private static final int HIDDEN_UNITS = 640;
    private static final double LEARNING_RATE = 5e-4;

    private DigitsTraining() {}

    /** Trains and prints; {@link Options} describes the arguments. */
    public static void main(String[] args) {
        Options options = Options.parse(args);
        useOneNativeThread();
        Split split = options.source().rows().split(TEST_SHARE, SPLIT_SEED);
        DataSet train = Tensors.dataSet(split.train());

        Nd4j.getRandom().setSeed(options.seed());
        MultiLayerNetwork network = network(train.numInputs(), train.numOutcomes(), options.seed());
        EpochScores scores = new EpochScores();
        network.setListeners(scores);
        ListDataSetIterator<DataSet> batches = new ListDataSetIterator<>(train.asList(), options.batch());
        for (int epoch = 1; epoch <= options.epochs(); epoch++) {
            network.fit(batches);
            print("epoch %d score %.6f", epoch, scores.takeMean());
        }

        print("iterations: %d", scores.iterations());
        print("test accuracy: %.4f", accuracy(network, Tensors.dataSet(split.test())));
    }

    /**
     * Sums then come in the same order whatever the number of cores, and no OpenMP thread spins: on two cores that
     * others kept busy, the default of two threads took over 120 s where one took 25 s.
     *
     * <p>The first call loads the native library that the second needs.
     */
    private static void useOneNativeThread() {
        Nd4j.factory().blas().setMaxThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }

    private static MultiLayerNetwork network(int inputs, int classes, long seed) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(LEARNING_RATE))
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(inputs).nOut(HIDDEN_UNITS).build())
                .layer(new DenseLayer.Builder()
                        .nIn(HIDDEN_UNITS)
                        .nOut(HIDDEN_UNITS)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(HIDDEN_UNITS)
                        .nOut(classes)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static double accuracy(MultiLayerNetwork network, DataSet test) {
        Evaluation evaluation = new Evaluation(test.numOutcomes());
        evaluation.eval(test.getLabels(), network.output(test.getFeatures()));
        return evaluation.accuracy();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
