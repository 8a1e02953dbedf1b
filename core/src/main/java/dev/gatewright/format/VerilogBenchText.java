package dev.gatewright.format;

/** Test benches in Verilog, but for names and sizes. */
final class VerilogBenchText {
    private static final String HEAD = """
            // Applies the VECTOR_COUNT vectors of VECTOR_FILE to MODULE: BENCH_COMMAND
            `timescale 1ns/1ps
            module MODULE_tb;
            reg clk;
            DECLAREDreg [LAST_BIT:0] memory [0:LAST_VECTOR];
            reg [LAST_INPUT:0] x;
            reg [LAST_RESULT:0] expected;
            integer i, errors;
            """;

    private static final String COMPARE = """
            task compare;
                input integer number;
                begin
                    expected = memory[number] >> (LAST_INPUT + 1);
                    if ({JOINED} !== expected) begin
                        errors = errors + 1;
                        if (errors <= 10) $display("vector %0d: found %h, expected %h", number, {JOINED}, expected);
                    end
                end
            endtask
            """;

    private static final String END = """
                if (errors == 0) $display("PASS: VECTOR_COUNT vectors");
                else $display("FAIL: %0d of VECTOR_COUNT vectors", errors);
                $finish;
            end
            endmodule
            """;

    static final String PLAIN = HEAD + """
            MODULE dut (.INPUT_PORT(x)CONNECTED);
            """ + COMPARE + """
            initial begin
                $readmemh("VECTOR_FILE", memory);
                errors = 0;
                clk = 0;
                for (i = 0; i < VECTOR_COUNT + LATENCY; i = i + 1) begin
                    x = memory[i < VECTOR_COUNT ? i : LAST_VECTOR];
                    #1;
                    if (i >= LATENCY) compare(i - LATENCY);
                    clk = 1;
                    #1 clk = 0;
                end
            """ + END;

    static final String FLOW = HEAD + """
            integer sent, received;
            reg rst, x_valid, result_ready, taken;
            wire x_ready, result_valid;
            MODULE dut (.INPUT_PORT(x), .rst(rst), .x_valid(x_valid), .x_ready(x_ready), .result_valid(result_valid),
                .result_ready(result_ready)CONNECTED);
            """ + COMPARE + """
            initial begin
                $readmemh("VECTOR_FILE", memory);
                errors = 0;
                sent = 0;
                received = 0;
                rst = 1;
                x_valid = 0;
                result_ready = 0;
                clk = 0;
                #1 clk = 1;
                #1 clk = 0;
                rst = 0;
                for (i = 0; i < 100 * (VECTOR_COUNT + LATENCY) && received < VECTOR_COUNT; i = i + 1) begin
                    // What is offered stays until it is taken.
                    x_valid = x_valid || sent < VECTOR_COUNT && $random % 4 != 0;
                    if (x_valid) x = memory[sent];
                    result_ready = $random % 4 != 0;
                    #1;
                    if (result_valid && result_ready) begin
                        if (received < sent) compare(received);
                        else errors = errors + 1;
                        received = received + 1;
                    end
                    taken = x_valid && x_ready;
                    clk = 1;
                    #1 clk = 0;
                    if (taken) begin
                        sent = sent + 1;
                        x_valid = 0;
                    end
                end
                if (received != VECTOR_COUNT) begin
                    errors = errors + 1;
                    $display("%0d of VECTOR_COUNT vectors received", received);
                end
            """ + END;

    private VerilogBenchText() {}
}
