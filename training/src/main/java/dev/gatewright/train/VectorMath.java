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

    static FloatVector ln(FloatVector x) {
        IntVector bits = x.reinterpretAsInts().add(FloatMath.ROOT_TO_ONE);
        IntVector whole = bits.lanewise(VectorOperators.LSHR, 23).or(FloatMath.WHOLE);
        FloatVector e = whole.reinterpretAsFloats().sub(FloatMath.WHOLE_AND_BIAS);
        FloatVector m = bits.and(FloatMath.SIGNIFICAND)
                .add(FloatMath.ROOT)
                .reinterpretAsFloats()
                .sub(1);
        FloatVector p = constant(FloatMath.LN[0]);
        p = p.fma(m, constant(FloatMath.LN[1]));
        p = p.fma(m, constant(FloatMath.LN[2]));
        p = p.fma(m, constant(FloatMath.LN[3]));
        p = p.fma(m, constant(FloatMath.LN[4]));
        p = p.fma(m, constant(FloatMath.LN[5]));
        p = p.fma(m, constant(FloatMath.LN[6]));
        p = p.fma(m, constant(FloatMath.LN[7]));
        p = p.fma(m, constant(FloatMath.LN[8]));
        FloatVector square = m.mul(m);
        FloatVector low = square.fma(constant(-0.5f), p.mul(m).mul(square));
        low = e.fma(constant(FloatMath.LN2_LOW), low);
        return e.fma(constant(FloatMath.LN2_HIGH), m.add(low));
    }

    static FloatVector uniform(IntVector counter, long key) {
        IntVector h = mix(mix(counter.lanewise(VectorOperators.XOR, (int) key))
                .lanewise(VectorOperators.XOR, (int) (key >>> 32)));
        return h.lanewise(VectorOperators.LSHR, 9)
                .or(FloatMath.ONE)
                .reinterpretAsFloats()
                .sub(FloatMath.ALMOST_ONE);
    }

    private static IntVector mix(IntVector x) {
        IntVector h = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16))
                .mul(FloatMath.MIX_1);
        h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15))
                .mul(FloatMath.MIX_2);
        return h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
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
