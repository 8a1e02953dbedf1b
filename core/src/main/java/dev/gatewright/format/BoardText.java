package dev.gatewright.format;

/** Modules that carry samples to a pipelined module and results from it, but for names and sizes. */
final class BoardText {
    /** An AXI-Stream. No input of it reaches an output in the same clock, as AXI asks. */
    static final String STREAM = """
            // MODULE behind an AXI-Stream, written by Gatewright.
            // A sample is a packet of SAMPLE_BEATS beats of BEAT_BITS bits on s_axis: bit i of INPUT_PORT is bit i % BEAT_BITS of beat
            // i / BEAT_BITS, counted from 0; the last beat's bits beyond INPUT_COUNT stand for nothing. tlast marks the last beat. A
            // packet of another length has no result; bad_packet is set for the clock after it.
            // A result is a packet of RESULT_BEATS beats on m_axis, in the order of the samples:
            MEANING// A sample is taken every SAMPLE_CLOCKS clocks at most.
            module MODULE_axis (
                input  wire aclk,
                input  wire aresetn,
                input  wire [BEAT_LAST:0] s_axis_tdata,
                input  wire s_axis_tvalid,
                output wire s_axis_tready,
                input  wire s_axis_tlast,
                output wire [BEAT_LAST:0] m_axis_tdata,
                output wire m_axis_tvalid,
                input  wire m_axis_tready,
                output wire m_axis_tlast,
                output reg  bad_packet
            );
            // Beats come in at the top, so that after the last one the first is the lowest.
            reg [SAMPLE_LAST:0] sample;
            reg full;
            reg [COUNTER_LAST:0] beat;
            reg too_long;
            // The first beat is the lowest; left says how many are not taken yet.
            reg [RESULT_LAST:0] result;
            reg [LEFT_LAST:0] left;
            wire x_ready, result_valid;
            DECLARED
            MODULE core (
                .clk(aclk), .rst(!aresetn), .x_valid(full), .x_ready(x_ready), .INPUT_PORT(sample[INPUT_LAST:0]),
                .result_valid(result_valid), .result_ready(left == LEFT_WIDTH'd0)CONNECTED
            );

            assign s_axis_tready = !full || x_ready;
            wire taken = s_axis_tvalid && s_axis_tready;
            wire [SHIFT_LAST:0] shifted = {s_axis_tdata, sample};
            wire at_last = beat == COUNTER_WIDTH'dBEAT_LIMIT;
            wire complete = taken && s_axis_tlast && at_last && !too_long;
            always @(posedge aclk) begin
                if (taken) sample <= shifted[SHIFT_LAST:BEAT_BITS];
                if (!aresetn) begin
                    full <= 1'b0;
                    beat <= COUNTER_WIDTH'd0;
                    too_long <= 1'b0;
                    bad_packet <= 1'b0;
                end else begin
                    full <= complete || full && !x_ready;
                    bad_packet <= taken && s_axis_tlast && !complete;
                    if (taken) begin
                        beat <= s_axis_tlast ? COUNTER_WIDTH'd0 : at_last ? beat : beat + COUNTER_WIDTH'd1;
                        too_long <= !s_axis_tlast && (too_long || at_last);
                    end
                end
            end

            assign m_axis_tdata = result[BEAT_LAST:0];
            assign m_axis_tvalid = left != LEFT_WIDTH'd0;
            assign m_axis_tlast = left == LEFT_WIDTH'd1;
            always @(posedge aclk) begin
                if (left == LEFT_WIDTH'd0) result <= PACKET;
                else if (m_axis_tready) result <= result >> BEAT_BITS;
                if (!aresetn) left <= LEFT_WIDTH'd0;
                else if (left == LEFT_WIDTH'd0) left <= result_valid ? LEFT_WIDTH'dRESULT_BEATS : LEFT_WIDTH'd0;
                else if (m_axis_tready) left <= left - LEFT_WIDTH'd1;
            end
            endmodule
            """;

    /** A serial line of eight bits without parity before the stream. */
    static final String SERIAL = """
            // MODULE behind a serial line, written by Gatewright: BAUD_RATE baud, 8 bits, no parity, 1 stop bit, at a clock of
            // CLOCK_HERTZ Hz. A sample is SAMPLE_BEATS bytes, a result RESULT_BEATS, as MODULE_axis says. There is no flow control: wait
            // for a result before the sample after the next one. A pause of 2^PAUSE_BITS clocks within a sample drops it.
            module MODULE_uart #(
                parameter DIVIDER = CLOCK_DIVIDER,
                parameter PAUSE_BITS = 20
            ) (
                input  wire clk,
                input  wire RESET_PORT,
                input  wire rx,
                output reg  tx
            );
            // Signals from outside go through two registers; these begin at 0, so the module begins in reset.
            reg [1:0] released = 2'b00;
            reg [1:0] line;
            wire running = released[1];
            always @(posedge clk) begin
                released <= {released[0], RELEASED};
                line <= running ? {line[0], rx} : 2'b11;
            end

            // What is received: a start bit, eight bits from the lowest on, a stop bit, each read in its middle.
            reg [DIVIDER_LAST:0] rx_wait;
            reg [3:0] rx_bits;
            reg [7:0] rx_byte;
            reg [7:0] data;
            reg got, pending;
            wire s_ready;
            always @(posedge clk) begin
                got <= 1'b0;
                if (!running) rx_bits <= 4'd0;
                else if (rx_bits == 4'd0) begin
                    rx_wait <= DIVIDER / 2 - 1;
                    if (!line[1]) rx_bits <= 4'd10;
                end else if (rx_wait != 0) rx_wait <= rx_wait - 1;
                else begin
                    rx_wait <= DIVIDER - 1;
                    // A start bit that is over in its middle was none.
                    rx_bits <= rx_bits == 4'd10 && line[1] ? 4'd0 : rx_bits - 4'd1;
                    if (rx_bits != 4'd1) rx_byte <= {line[1], rx_byte[7:1]};
                    else got <= line[1];
                end
                if (got) data <= rx_byte;
                pending <= running && (got || pending && !s_ready);
            end

            // The place of a byte in its sample, and how long it is since the last one.
            reg [COUNTER_LAST:0] place;
            reg [PAUSE_BITS:0] pause;
            wire at_last = place == COUNTER_WIDTH'dBEAT_LIMIT;
            wire quiet;
            always @(posedge clk) begin
                if (!running || pause[PAUSE_BITS]) place <= COUNTER_WIDTH'd0;
                else if (pending && s_ready) place <= at_last ? COUNTER_WIDTH'd0 : place + COUNTER_WIDTH'd1;
                if (!running || pause[PAUSE_BITS] || pending || !quiet || place == COUNTER_WIDTH'd0) pause <= 0;
                else pause <= pause + 1;
            end

            wire [7:0] m_data;
            wire m_valid;
            wire m_ready;
            MODULE_axis stream (
                .aclk(clk), .aresetn(running && !pause[PAUSE_BITS]),
                .s_axis_tdata(data), .s_axis_tvalid(pending), .s_axis_tready(s_ready), .s_axis_tlast(at_last),
                .m_axis_tdata(m_data), .m_axis_tvalid(m_valid), .m_axis_tready(m_ready), .m_axis_tlast(), .bad_packet()
            );

            // What is sent.
            reg [DIVIDER_LAST:0] tx_wait;
            reg [3:0] tx_bits;
            reg [8:0] tx_rest;
            assign m_ready = tx_bits == 4'd0;
            assign quiet = rx_bits == 4'd0 && tx_bits == 4'd0 && !m_valid;
            always @(posedge clk) begin
                if (!running) begin
                    tx <= 1'b1;
                    tx_bits <= 4'd0;
                end else if (tx_bits == 4'd0) begin
                    tx_wait <= DIVIDER - 1;
                    tx_rest <= {1'b1, m_data};
                    if (m_valid) begin
                        tx <= 1'b0;
                        tx_bits <= 4'd10;
                    end
                end else if (tx_wait != 0) tx_wait <= tx_wait - 1;
                else begin
                    tx_wait <= DIVIDER - 1;
                    tx <= tx_rest[0];
                    tx_rest <= {1'b1, tx_rest[8:1]};
                    tx_bits <= tx_bits - 4'd1;
                end
            end
            endmodule
            """;

    private BoardText() {}
}
