/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.EpochTimes;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.EarlyStoppingParallelTrainer;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.ListenerResponse;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.listeners.records.LossCurve;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The ways to train with Deeplearning4j. Each trains for some epochs and says what it counted of itself; those
 * with one model say when their epochs were. */
enum Way {
    /** A MultiLayerNetwork with a number of epochs, evaluated at the end. */
    NETWORK {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            MultiLayerNetwork network = Models.network(digits.inputs(), digits.classes());
            Counting counting = new Counting(times);
            network.setListeners(counting);
            network.fit(digits.train(), epochs);
            print(network.evaluate(digits.test()));
            return new Counts(network.getEpochCount(), counting.iterations(), epochs * digits.trainRows());
        }
    },

    /** A ComputationGraph, fitted once an epoch, and evaluated after each. */
    GRAPH {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            ComputationGraph graph = Models.graph(digits.inputs(), digits.classes());
            Counting counting = new Counting(times);
            graph.setListeners(counting);
            for (int epoch = 0; epoch < epochs; epoch++) {
                graph.fit(digits.train());
                print((Evaluation) graph.evaluate(digits.test()));
            }
            long done = graph.getConfiguration().getEpochCount();
            return new Counts(done, counting.iterations(), epochs * digits.trainRows());
        }
    },

    /** Early stopping, which scores after each epoch and ends after a number of them. */
    STOPPING {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            MultiLayerNetwork network = Models.network(digits.inputs(), digits.classes());
            Counting counting = new Counting(times);
            network.setListeners(counting);
            EarlyStoppingResult<MultiLayerNetwork> result = new EarlyStoppingTrainer(
                            new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                                    .epochTerminationConditions(new MaxEpochsTerminationCondition(epochs))
                                    .scoreCalculator(new DataSetLossCalculator(digits.test(), true))
                                    .build(),
                            network,
                            digits.train())
                    .fit();
            System.out.println("ended by: " + result.getTerminationReason() + ", " + result.getTerminationDetails());
            return new Counts(
                    result.getTotalEpochs(), counting.iterations(), result.getTotalEpochs() * digits.trainRows());
        }
    },

    /** A ParallelWrapper of two workers that average their weights. */
    PARALLEL {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            MultiLayerNetwork network = Models.network(digits.inputs(), digits.classes());
            Counting counting = new Counting();
            ParallelWrapper wrapper = new ParallelWrapper.Builder<>(network)
                    .workers(2)
                    .averagingFrequency(4)
                    .prefetchBuffer(4)
                    .build();
            wrapper.setListeners(counting);
            long fits = 0;
            for (int epoch = 0; epoch < epochs; epoch++) {
                ListDataSetIterator<DataSet> batches = digits.train();
                times.begin();
                wrapper.fit(batches);
                times.end();
                fits++;
            }
            wrapper.shutdown();
            return new Counts(fits, counting.iterations(), epochs * digits.trainRows());
        }
    },

    /** SameDiff, with validation after each epoch. */
    SAMEDIFF {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            SameDiff graph = Models.sameDiff(digits.inputs(), digits.classes());
            AtomicLong iterations = new AtomicLong();
            graph.setListeners(new BaseListener() {
                @Override
                public boolean isActive(Operation operation) {
                    return operation == Operation.TRAINING;
                }

                @Override
                public void epochStart(SameDiff sameDiff, At at) {
                    times.begin();
                }

                @Override
                public ListenerResponse epochEnd(SameDiff sameDiff, At at, LossCurve curve, long millis) {
                    times.end();
                    return ListenerResponse.CONTINUE;
                }

                @Override
                public void iterationDone(SameDiff sameDiff, At at, MultiDataSet batch, Loss loss) {
                    iterations.incrementAndGet();
                }
            });
            graph.fit(digits.train(), epochs, digits.test(), 1);
            Evaluation evaluation = new Evaluation(digits.classes());
            graph.evaluate(digits.test(), "digit", evaluation);
            print(evaluation);
            return new Counts(graph.getTrainingConfig().getEpochCount(), iterations.get(), epochs * digits.trainRows());
        }
    },

    /** A recurrent network, whose sequences train in segments. */
    RECURRENT {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            MultiLayerNetwork network = Models.recurrent();
            Counting counting = new Counting(times);
            network.setListeners(counting);
            network.fit(Sequences.batches(), epochs);
            return new Counts(network.getEpochCount(), counting.iterations(), epochs * Sequences.COUNT);
        }
    },

    /** A recurrent graph, whose sequences train in segments, fitted batch by batch in the second epoch of each two. */
    RECURRENT_GRAPH {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            ComputationGraph graph = Models.recurrentGraph();
            Counting counting = new Counting(times);
            graph.setListeners(counting);
            for (int epoch = 0; epoch < epochs; epoch++) {
                if (epoch % 2 == 0) {
                    graph.fit(Sequences.batches());
                } else {
                    Sequences.batches().forEachRemaining(graph::fit);
                }
            }
            long done = graph.getConfiguration().getEpochCount();
            return new Counts(done, counting.iterations(), epochs * Sequences.COUNT);
        }
    },

    /** Recurrent networks in a ParallelWrapper of two workers. */
    RECURRENT_PARALLEL {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            Counting counting = new Counting();
            ParallelWrapper wrapper = new ParallelWrapper.Builder<>(Models.recurrent())
                    .workers(2)
                    .averagingFrequency(1)
                    .build();
            wrapper.setListeners(counting);
            for (int epoch = 0; epoch < epochs; epoch++) {
                wrapper.fit(Sequences.batches());
            }
            wrapper.shutdown();
            return new Counts(epochs, counting.iterations(), epochs * Sequences.COUNT);
        }
    },

    /** Layers are trained one by one, each for some epochs, and then the network for as many. */
    PRETRAINED {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            MultiLayerNetwork network = Models.pretrained(digits.inputs(), digits.classes());
            Counting counting = new Counting();
            network.setListeners(counting);
            network.pretrain(digits.train(), epochs);
            network.fit(digits.train(), epochs);
            long passes = (Models.PRETRAINED_LAYERS + 1L) * epochs;
            return new Counts(passes, passes * digits.batches(), passes * digits.trainRows());
        }
    },

    /** Layers of a graph are trained one by one; the library makes one pass a layer, whatever the number of epochs. */
    PRETRAINED_GRAPH {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            ComputationGraph graph =
                    Models.pretrained(digits.inputs(), digits.classes()).toComputationGraph();
            graph.pretrain(digits.train(), epochs);
            long passes = Models.PRETRAINED_LAYERS;
            return new Counts(passes, passes * digits.batches(), passes * digits.trainRows());
        }
    },

    /** Early stopping in a ParallelWrapper. */
    PARALLEL_STOPPING {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            Counting counting = new Counting();
            MultiLayerNetwork network = Models.network(digits.inputs(), digits.classes());
            EarlyStoppingParallelTrainer<MultiLayerNetwork> trainer = new EarlyStoppingParallelTrainer<>(
                    new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                            .epochTerminationConditions(new MaxEpochsTerminationCondition(epochs))
                            .scoreCalculator(new DataSetLossCalculator(digits.test(), true))
                            .build(),
                    network,
                    digits.train(),
                    null,
                    2,
                    4,
                    1);
            EarlyStoppingResult<MultiLayerNetwork> result = trainer.fit();
            System.out.println("ended by: " + result.getTerminationReason() + ", " + result.getTerminationDetails());
            long done = result.getTotalEpochs();
            return new Counts(done, done * digits.batches(), done * digits.trainRows());
        }
    },

    /** One batch, fitted ten thousand times. */
    SINGLE {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            MultiLayerNetwork network = Models.network(digits.inputs(), digits.classes());
            Counting counting = new Counting();
            network.setListeners(counting);
            DataSet batch = digits.train().next();
            for (int fit = 0; fit < 10_000; fit++) {
                network.fit(batch);
                if ((fit + 1) % 2_000 == 0) {
                    System.out.println("fits: " + (fit + 1));
                }
            }
            return new Counts(network.getEpochCount(), counting.iterations(), 10_000L * batch.numExamples());
        }
    },

    /** Two models at once, a thread each. */
    TWO {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) throws InterruptedException {
            List<Trained> both = List.of(new Trained(digits, epochs), new Trained(digits, epochs));
            both.forEach(Thread::start);
            Counts sum = new Counts(0, 0, 0);
            for (Trained one : both) {
                one.join();
                sum = sum.plus(one.counts);
            }
            return sum;
        }
    },

    /** An exception comes out of the first fit in its second epoch; the second fit runs through. */
    FAILING {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) {
            MultiLayerNetwork network = Models.network(digits.inputs(), digits.classes());
            long last = digits.batches() + 3;
            Counting counting = new Counting(last);
            network.setListeners(counting);
            try {
                network.fit(digits.train(), epochs + 1);
            } catch (IllegalStateException expected) {
                System.out.println("out of fit: " + expected.getMessage());
            }
            network.fit(digits.train(), epochs);
            // The weights of the iteration whose listener throws are updated, but its optimizer does not return.
            long samples = (1 + epochs) * digits.trainRows() + 2L * digits.batchRows();
            return new Counts(network.getEpochCount(), counting.iterations() - 1, samples);
        }
    };

    abstract Counts train(Digits digits, int epochs, EpochTimes times) throws InterruptedException;

    private static void print(Evaluation evaluation) {
        System.out.println("accuracy above a half: " + (evaluation.accuracy() > 0.5));
    }

    private static final class Trained extends Thread {
        private final Digits digits;
        private final int epochs;
        private volatile Counts counts = new Counts(0, 0, 0);

        Trained(Digits digits, int epochs) {
            this.digits = digits;
            this.epochs = epochs;
        }

        @Override
        public void run() {
            MultiLayerNetwork network = Models.network(digits.inputs(), digits.classes());
            Counting counting = new Counting();
            network.setListeners(counting);
            ListDataSetIterator<DataSet> own = digits.train();
            network.fit(own, epochs);
            counts = new Counts(network.getEpochCount(), counting.iterations(), epochs * digits.trainRows());
        }
    }
}
