package dev.gatewright.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/** How a layer of relaxed gates is written as tensor operations. */
public enum GateForm {
    /** The peers' CPU form: each of the sixteen functions on every sample, weighted by a softmax over 16 logits. */
    SIXTEEN_FUNCTIONS(16) {
        @Override
        NDArray apply(NDArray a, NDArray b, NDArray parameters) {
            try (NDArray weights = parameters.softmax(-1)) {
                NDArray result = a.zerosLike();
                for (int function = 0; function < 16; function++) {
                    try (NDArray weight = weights.get(new NDIndex(":," + function));
                            NDArray term = term(function, a, b, weight);
                            NDArray before = result) {
                        result = before.add(term);
                    }
                }
                return result;
            }
        }
    },

    /** The same sixteen logits, projected once a step to c0 + c1·a + c2·b + c3·ab. */
    BILINEAR(16) {
        @Override
        NDArray apply(NDArray a, NDArray b, NDArray parameters) {
            try (NDArray weights = parameters.softmax(-1);
                    NDArray projection = constant(projection(), parameters);
                    NDArray coefficients = weights.matMul(projection)) {
                return bilinear(a, b, coefficients);
            }
        }
    },

    /** Four truth-table entries, the sigmoids of parameters, interpolated; entry i is for a = i & 1, b = i >> 1. */
    TABLE(4) {
        @Override
        NDArray apply(NDArray a, NDArray b, NDArray parameters) {
            try (NDArray entries = Activation.sigmoid(parameters)) {
                return interpolated(a, b, entries);
            }
        }
    },

    /** As {@link #TABLE}, with entries ½ + ½ sin. */
    SINE_TABLE(4) {
        @Override
        NDArray apply(NDArray a, NDArray b, NDArray parameters) {
            try (NDArray sine = parameters.sin();
                    NDArray half = sine.mul(0.5);
                    NDArray entries = half.add(0.5)) {
                return interpolated(a, b, entries);
            }
        }
    };

    private final int parameters;

    GateForm(int parameters) {
        this.parameters = parameters;
    }

    /** Parameters of one gate. */
    public int parameters() {
        return parameters;
    }

    /** The outputs of the gates, samples × gates, from their inputs of that shape and gates × parameters. */
    abstract NDArray apply(NDArray a, NDArray b, NDArray parameters);

    /** Function {@code number}, weighted; no copy is made where the function is one of its inputs. */
    private static NDArray term(int number, NDArray a, NDArray b, NDArray weight) {
        if (number == 3 || number == 5) {
            return (number == 3 ? a : b).mul(weight);
        }
        try (NDArray values = function(number, a, b)) {
            return values.mul(weight);
        }
    }

    /** Function {@code number} in the field's published numbering, from its inputs alone as the peers write it. */
    private static NDArray function(int number, NDArray a, NDArray b) {
        return switch (number) {
            case 0 -> a.zerosLike();
            case 1 -> a.mul(b);
            case 2 -> less(a, a, b);
            case 4 -> less(b, a, b);
            case 6 -> exclusiveOr(a, b);
            case 7 -> or(a, b);
            case 8 -> complement(or(a, b));
            case 9 -> complement(exclusiveOr(a, b));
            case 10 -> oneMinus(b);
            case 11 -> complement(less(b, a, b));
            case 12 -> oneMinus(a);
            case 13 -> complement(less(a, a, b));
            case 14 -> complement(a.mul(b));
            case 15 -> a.onesLike();
            default -> throw new IllegalArgumentException("function " + number + " is none to compute");
        };
    }

    /** from − ab. */
    private static NDArray less(NDArray from, NDArray a, NDArray b) {
        try (NDArray product = a.mul(b)) {
            return from.sub(product);
        }
    }

    private static NDArray or(NDArray a, NDArray b) {
        try (NDArray sum = a.add(b)) {
            return less(sum, a, b);
        }
    }

    private static NDArray exclusiveOr(NDArray a, NDArray b) {
        try (NDArray sum = a.add(b);
                NDArray product = a.mul(b);
                NDArray twice = product.mul(2)) {
            return sum.sub(twice);
        }
    }

    private static NDArray complement(NDArray values) {
        try (values) {
            return oneMinus(values);
        }
    }

    private static NDArray oneMinus(NDArray values) {
        try (NDArray negative = values.neg()) {
            return negative.add(1);
        }
    }

    private static NDArray bilinear(NDArray a, NDArray b, NDArray coefficients) {
        try (NDArray c0 = coefficients.get(new NDIndex(":,0"));
                NDArray c1 = coefficients.get(new NDIndex(":,1"));
                NDArray c2 = coefficients.get(new NDIndex(":,2"));
                NDArray c3 = coefficients.get(new NDIndex(":,3"));
                NDArray bSlope = c3.mul(a);
                NDArray slope = bSlope.add(c2);
                NDArray ofB = slope.mul(b);
                NDArray ofA = c1.mul(a);
                NDArray sum = ofA.add(ofB)) {
            return sum.add(c0);
        }
    }

    private static NDArray interpolated(NDArray a, NDArray b, NDArray entries) {
        try (NDArray interpolation =
                        constant(new float[] {1, -1, -1, 1, 0, 1, 0, -1, 0, 0, 1, -1, 0, 0, 0, 1}, entries);
                NDArray coefficients = entries.matMul(interpolation)) {
            return bilinear(a, b, coefficients);
        }
    }

    /** Rows of four coefficients as a tensor of the same type as {@code like}. */
    private static NDArray constant(float[] rows, NDArray like) {
        try (NDArray single = like.getManager().create(rows, new Shape(rows.length / 4, 4))) {
            return single.toType(like.getDataType(), true);
        }
    }

    /** Sixteen functions, in the published numbering, to the coefficients of 1, a, b and ab. */
    private static float[] projection() {
        float[] rows = new float[16 * 4];
        for (int function = 0; function < 16; function++) {
            int f00 = function >> 3 & 1;
            int f01 = function >> 2 & 1;
            int f10 = function >> 1 & 1;
            int f11 = function & 1;
            rows[4 * function] = f00;
            rows[4 * function + 1] = f10 - f00;
            rows[4 * function + 2] = f01 - f00;
            rows[4 * function + 3] = f11 - f10 - f01 + f00;
        }
        return rows;
    }
}
