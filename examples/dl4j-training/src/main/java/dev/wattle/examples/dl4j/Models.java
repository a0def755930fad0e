/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** One small perceptron in the three ways that Deeplearning4j has of writing it down. */
final class Models {
    static final int PRETRAINED_LAYERS = 2;

    private static final int HIDDEN_UNITS = 64;
    private static final int RECURRENT_UNITS = 16;
    private static final long SEED = 42;
    private static final double LEARNING_RATE = 1e-3;

    private Models() {}

    static MultiLayerNetwork network(int inputs, int classes) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration()
                .list()
                .layer(hidden(inputs))
                .layer(output(classes))
                .build());
        network.init();
        return network;
    }

    /** Learns in segments of a sequence. */
    static MultiLayerNetwork recurrent() {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration()
                .list()
                .layer(memory())
                .layer(stepOutput())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(Sequences.SEGMENT_STEPS)
                .build());
        network.init();
        return network;
    }

    /** The same as a graph. */
    static ComputationGraph recurrentGraph() {
        ComputationGraph graph = new ComputationGraph(configuration()
                .graphBuilder()
                .addInputs("numbers")
                .addLayer("memory", memory(), "numbers")
                .addLayer("sum", stepOutput(), "memory")
                .setOutputs("sum")
                .setInputTypes(InputType.recurrent(1))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTForwardLength(Sequences.SEGMENT_STEPS)
                .tBPTTBackwardLength(Sequences.SEGMENT_STEPS)
                .build());
        graph.init();
        return graph;
    }

    private static LSTM memory() {
        return new LSTM.Builder()
                .nIn(1)
                .nOut(RECURRENT_UNITS)
                .activation(Activation.TANH)
                .build();
    }

    private static RnnOutputLayer stepOutput() {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(RECURRENT_UNITS)
                .nOut(2)
                .build();
    }

    /** With layers that can learn on their own below the one that cannot. */
    static MultiLayerNetwork pretrained(int inputs, int classes) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration()
                .list()
                .layer(new AutoEncoder.Builder().nIn(inputs).nOut(HIDDEN_UNITS).build())
                .layer(new AutoEncoder.Builder()
                        .nIn(HIDDEN_UNITS)
                        .nOut(HIDDEN_UNITS)
                        .build())
                .layer(output(classes))
                .build());
        network.init();
        return network;
    }

    static ComputationGraph graph(int inputs, int classes) {
        ComputationGraphConfiguration configuration = configuration()
                .graphBuilder()
                .addInputs("pixels")
                .addLayer("hidden", hidden(inputs), "pixels")
                .addLayer("digit", output(classes), "hidden")
                .setOutputs("digit")
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    /** With the output {@code digit}, trained as it stands. */
    static SameDiff sameDiff(int inputs, int classes) {
        SameDiff graph = SameDiff.create();
        SDVariable pixels = graph.placeHolder("pixels", DataType.FLOAT, -1, inputs);
        SDVariable labels = graph.placeHolder("labels", DataType.FLOAT, -1, classes);
        SDVariable hidden = graph.nn.relu(layer(graph, "hidden", pixels, inputs, HIDDEN_UNITS), 0);
        SDVariable scores = layer(graph, "scores", hidden, HIDDEN_UNITS, classes);
        graph.nn.softmax("digit", scores);
        graph.loss.softmaxCrossEntropy("loss", labels, scores, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(LEARNING_RATE))
                .dataSetFeatureMapping("pixels")
                .dataSetLabelMapping("labels")
                .build());
        return graph;
    }

    private static SDVariable layer(SameDiff graph, String name, SDVariable in, int inputs, int outputs) {
        SDVariable weights =
                graph.var(name + "-weights", Nd4j.randn(inputs, outputs).muli(0.1));
        return in.mmul(weights).add(graph.var(name + "-bias", Nd4j.zeros(1, outputs)));
    }

    private static NeuralNetConfiguration.Builder configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .updater(new Adam(LEARNING_RATE))
                .activation(Activation.RELU);
    }

    private static DenseLayer hidden(int inputs) {
        return new DenseLayer.Builder().nIn(inputs).nOut(HIDDEN_UNITS).build();
    }

    private static OutputLayer output(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(HIDDEN_UNITS)
                .nOut(classes)
                .build();
    }
}
