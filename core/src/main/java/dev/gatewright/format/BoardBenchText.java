package dev.gatewright.format;

/** Test benches of modules on boards, but for names and sizes. */
final class BoardBenchText {
    private static final String HEAD = """
            // Sends the VECTOR_COUNT vectors of VECTOR_FILE through MODULE_WHOLE: BENCH_COMMAND
            `timescale 1ns/1ps
            module MODULE_tb;
            reg [VECTOR_LAST:0] memory [0:LAST_VECTOR];
            reg [RESULT_LAST:0] found;
            integer i, part, received, errors;
            task wrong;
                begin
                    errors = errors + 1;
                end
            endtask
            task compare;
                begin
                    if (found !== memory[received] >> SAMPLE_BITS) begin
                        wrong;
                        if (errors <= 10)
                            $display("vector %0d: found %h, expected %h", received, found, memory[received] >> SAMPLE_BITS);
                    end
                    received = received + 1;
                    part = 0;
                end
            endtask
            """;

    private static final String END = """
                if (received != VECTOR_COUNT) begin
                    wrong;
                    $display("%0d of VECTOR_COUNT results received", received);
                end
                if (errors == 0) $display("PASS: VECTOR_COUNT vectors");
                else $display("FAIL: %0d errors", errors);
                $finish;
            end
            endmodule
            """;

    /** Both sides wait at random, and some packets are too short or too long. */
    static final String STREAM = HEAD + """
            reg aclk, aresetn, s_axis_tvalid, s_axis_tlast, m_axis_tready, taken, held;
            reg [BEAT_LAST:0] s_axis_tdata, shown;
            wire [BEAT_LAST:0] m_axis_tdata;
            wire s_axis_tready, m_axis_tvalid, m_axis_tlast, bad_packet;
            integer sent, beat, length, bad, told;
            MODULE_axis dut (
                .aclk(aclk), .aresetn(aresetn),
                .s_axis_tdata(s_axis_tdata), .s_axis_tvalid(s_axis_tvalid), .s_axis_tready(s_axis_tready),
                .s_axis_tlast(s_axis_tlast), .m_axis_tdata(m_axis_tdata), .m_axis_tvalid(m_axis_tvalid),
                .m_axis_tready(m_axis_tready), .m_axis_tlast(m_axis_tlast), .bad_packet(bad_packet)
            );
            initial begin
                $readmemh("VECTOR_FILE", memory);
                errors = 0;
                sent = 0;
                beat = 0;
                length = SAMPLE_BEATS;
                bad = 0;
                told = 0;
                received = 0;
                part = 0;
                held = 0;
                s_axis_tvalid = 0;
                s_axis_tlast = 0;
                m_axis_tready = 0;
                aresetn = 0;
                aclk = 0;
                #1 aclk = 1;
                #1 aclk = 0;
                aresetn = 1;
                for (i = 0; i < 100 * (VECTOR_COUNT * (SAMPLE_BEATS + RESULT_BEATS) + LATENCY) && received < VECTOR_COUNT;
                        i = i + 1) begin
                    // What is offered stays until it is taken.
                    if (!s_axis_tvalid && sent < VECTOR_COUNT && $random % 4 != 0) begin
                        if (beat == 0) begin
                            length = SAMPLE_BEATS;
                            if ($random % 8 == 0) length = SAMPLE_BEATS > 1 && $random % 2 == 0 ? SAMPLE_BEATS - 1 : SAMPLE_BEATS + 1;
                        end
                        s_axis_tvalid = 1;
                        s_axis_tdata = memory[sent] >> (BEAT_BITS * (beat % SAMPLE_BEATS));
                        s_axis_tlast = beat == length - 1;
                    end
                    m_axis_tready = $random % 4 != 0;
                    #1;
                    if (held && (!m_axis_tvalid || m_axis_tdata !== shown)) wrong;
                    held = m_axis_tvalid && !m_axis_tready;
                    shown = m_axis_tdata;
                    if (m_axis_tvalid && m_axis_tready) begin
                        found = {m_axis_tdata, found} >> BEAT_BITS;
                        part = part + 1;
                        if (m_axis_tlast != (part == RESULT_BEATS)) wrong;
                        if (m_axis_tlast) compare;
                    end
                    if (bad_packet) told = told + 1;
                    taken = s_axis_tvalid && s_axis_tready;
                    aclk = 1;
                    #1 aclk = 0;
                    if (taken) begin
                        s_axis_tvalid = 0;
                        beat = beat + 1;
                        if (beat == length) begin
                            beat = 0;
                            if (length == SAMPLE_BEATS) sent = sent + 1;
                            else bad = bad + 1;
                        end
                    end
                end
                if (told != bad) begin
                    wrong;
                    $display("%0d bad packets told of %0d", told, bad);
                end
            """ + END;

    /** Samples are sent one ahead of results; before some of them a byte that a pause makes void. */
    static final String SERIAL = HEAD + """
            localparam TICK = 10, DIVIDER = 5, PAUSE_BITS = 10, BIT = TICK * DIVIDER;
            reg clk, rst, rx, lost;
            wire tx;
            integer place, digit, heard, turns;
            reg [7:0] content;
            MODULE_uart #(.DIVIDER(DIVIDER), .PAUSE_BITS(PAUSE_BITS)) dut (.clk(clk), .RESET_PORT(RESET_BY), .rx(rx), .tx(tx));
            initial begin
                clk = 0;
                forever #(TICK / 2) clk = !clk;
            end
            task send;
                input [7:0] value;
                begin
                    rx = 0;
                    #BIT;
                    for (digit = 0; digit < 8; digit = digit + 1) begin
                        rx = value[digit];
                        #BIT;
                    end
                    rx = 1;
                    #BIT;
                end
            endtask
            task await;
                input integer count;
                begin
                    turns = 0;
                    while (received < count && !lost && turns < LATENCY + 30 * RESULT_BEATS) begin
                        turns = turns + 1;
                        #BIT;
                    end
                    lost = received < count;
                end
            endtask
            initial begin
                part = 0;
                received = 0;
                @(negedge rst);
                forever begin
                    @(negedge tx);
                    #(BIT / 2);
                    if (tx !== 0) wrong;
                    for (heard = 0; heard < 8; heard = heard + 1) begin
                        #BIT content[heard] = tx;
                    end
                    #BIT if (tx !== 1) wrong;
                    found = {content, found} >> 8;
                    part = part + 1;
                    if (part == RESULT_BEATS) compare;
                end
            end
            initial begin
                $readmemh("VECTOR_FILE", memory);
                errors = 0;
                lost = 0;
                rx = 1;
                rst = 1;
                #(20 * TICK) rst = 0;
                #(20 * TICK);
                for (i = 0; i < VECTOR_COUNT; i = i + 1) begin
                    if (SAMPLE_BEATS > 1 && i % 16 == 3) begin
                        await(i);
                        send(8'h5a);
                        #(TICK * (3 << PAUSE_BITS));
                    end
                    await(i - 1);
                    for (place = 0; place < SAMPLE_BEATS; place = place + 1) send(memory[i] >> (8 * place));
                end
                await(VECTOR_COUNT);
                #(BIT * 20);
            """ + END;

    private BoardBenchText() {}
}
