package dev.gatewright.engine;

final class VectorEngineTest extends EngineTest {
    @Override
    Engine engine() {
        return new PortableEngine(VectorKernels.create());
    }
}
