package dev.gatewright.engine;

class NativeEngineTest extends EngineTest {
    @Override
    Engine engine() {
        return new NativeEngine();
    }
}
