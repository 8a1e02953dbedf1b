package dev.gatewright.train;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link FloatMath} on eight lanes, operation by operation. */
final class VectorMath {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    private VectorMath() {}

    static FloatVector sigmoid(FloatVector x) {
        return constant(1).div(exp(x.neg()).add(1));
    }

    static FloatVector exp(FloatVector x) {
        FloatVector held = x.max(FloatMath.EXP_MIN).min(FloatMath.EXP_MAX);
        FloatVector rounded = held.fma(constant(FloatMath.LOG2_E), constant(FloatMath.ROUND));
        FloatVector n = rounded.sub(FloatMath.ROUND);
        FloatVector r = n.fma(constant(-FloatMath.LN2_HIGH), held);
        r = n.fma(constant(-FloatMath.LN2_LOW), r);
        FloatVector p = constant(FloatMath.EXP[0]);
        p = p.fma(r, constant(FloatMath.EXP[1]));
        p = p.fma(r, constant(FloatMath.EXP[2]));
        p = p.fma(r, constant(FloatMath.EXP[3]));
        p = p.fma(r, constant(FloatMath.EXP[4]));
        p = p.fma(r, constant(FloatMath.EXP[5]));
        FloatVector e = p.fma(r.mul(r), r).add(1);
        IntVector power = rounded.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
        return e.mul(power.reinterpretAsFloats());
    }

    static FloatVector sin(FloatVector x) {
        FloatVector rounded = x.fma(constant(FloatMath.INVERSE_PI), constant(FloatMath.ROUND));
        FloatVector r = reduce(x, rounded.sub(FloatMath.ROUND));
        FloatVector square = r.mul(r);
        FloatVector p = constant(FloatMath.SIN[0]);
        p = p.fma(square, constant(FloatMath.SIN[1]));
        p = p.fma(square, constant(FloatMath.SIN[2]));
        p = p.fma(square, constant(FloatMath.SIN[3]));
        p = p.fma(square, constant(FloatMath.SIN[4]));
        return flip(p.mul(square).fma(r, r), rounded);
    }

    static FloatVector cos(FloatVector x) {
        FloatVector rounded = x.fma(constant(FloatMath.INVERSE_PI), constant(FloatMath.ROUND));
        FloatVector r = reduce(x, rounded.sub(FloatMath.ROUND));
        FloatVector square = r.mul(r);
        FloatVector p = constant(FloatMath.COS[0]);
        p = p.fma(square, constant(FloatMath.COS[1]));
        p = p.fma(square, constant(FloatMath.COS[2]));
        p = p.fma(square, constant(FloatMath.COS[3]));
        p = p.fma(square, constant(FloatMath.COS[4]));
        return flip(p.fma(square, constant(1)), rounded);
    }

    private static FloatVector reduce(FloatVector x, FloatVector n) {
        FloatVector r = n.fma(constant(-FloatMath.PI_1), x);
        r = n.fma(constant(-FloatMath.PI_2), r);
        return n.fma(constant(-FloatMath.PI_3), r);
    }

    private static FloatVector flip(FloatVector value, FloatVector rounded) {
        IntVector sign = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 31);
        return value.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
