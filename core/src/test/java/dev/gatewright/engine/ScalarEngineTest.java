package dev.gatewright.engine;

final class ScalarEngineTest extends EngineTest {
    @Override
    Engine engine() {
        return new PortableEngine(new ScalarKernels());
    }
}
