package dev.gatewright.format;

/** Test benches in VHDL, but for names and sizes. */
final class VhdlBenchText {
    private static final String HEAD = """
            -- Applies the VECTOR_COUNT vectors of VECTOR_FILE to MODULE: BENCH_COMMAND
            use std.textio.all;
            library ieee;
            use ieee.std_logic_1164.all;
            use ieee.math_real.all;

            entity MODULE_tb is
            end entity;

            architecture test of MODULE_tb is
              signal clk : std_logic := '0';
              signal x : std_logic_vector(LAST_INPUT downto 0) := (others => '0');
            DECLARED  signal found : std_logic_vector(LAST_RESULT downto 0);
            """;

    private static final String PROCESS = """
              found <= JOINED;
              process
                file applied : text open read_mode is "VECTOR_FILE";
                file awaited : text open read_mode is "VECTOR_FILE";
                variable content : line;
                variable digits : string(1 to LINE_LENGTH);
                variable errors : natural := 0;

                function bit_of(digit : character) return std_logic is
                begin
                  if digit = '1' then
                    return '1';
                  end if;
                  return '0';
                end function;

                procedure apply is
                  variable bits : std_logic_vector(LAST_INPUT downto 0);
                begin
                  readline(applied, content);
                  read(content, digits);
                  for i in 0 to LAST_INPUT loop
                    bits(i) := bit_of(digits(LINE_LENGTH - i));
                  end loop;
                  x <= bits;
                end procedure;

                procedure say(words : string) is
                begin
                  write(content, words);
                  writeline(output, content);
                end procedure;

                procedure compare(number : natural) is
                  variable expected : std_logic;
                  variable same : boolean := true;
                begin
                  readline(awaited, content);
                  read(content, digits);
                  for i in 0 to LAST_RESULT loop
                    expected := bit_of(digits(RESULT_LENGTH - i));
                    if same and found(i) /= expected then
                      same := false;
                      errors := errors + 1;
                      if errors <= 10 then
                        say("vector " & integer'image(number) & ": bit " & integer'image(i) & " of JOINED is "
                            & std_logic'image(found(i)));
                      end if;
                    end if;
                  end loop;
                end procedure;
            """;

    private static final String END = """
                if errors = 0 then
                  say("PASS: VECTOR_COUNT vectors");
                else
                  say("FAIL: " & integer'image(errors) & " of VECTOR_COUNT vectors");
                end if;
                wait;
              end process;
            end architecture;
            """;

    static final String PLAIN = HEAD + """
            begin
              dut : entity work.MODULE port map (INPUT_PORT => xCONNECTED);
            """ + PROCESS + """
              begin
                for i in 0 to LAST_TURN loop
                  if i < VECTOR_COUNT then
                    apply;
                  end if;
                  wait for 1 ns;
                  if i >= LATENCY then
                    compare(i - LATENCY);
                  end if;
                  clk <= '1';
                  wait for 1 ns;
                  clk <= '0';
                end loop;
            """ + END;

    static final String FLOW = HEAD + """
              signal rst : std_logic := '1';
              signal x_valid, result_ready : std_logic := '0';
              signal x_ready, result_valid : std_logic;
            begin
              dut : entity work.MODULE port map (INPUT_PORT => x, rst => rst, x_valid => x_valid, x_ready => x_ready,
                result_valid => result_valid, result_ready => result_readyCONNECTED);
            """ + PROCESS + """
                variable seed1, seed2 : positive := 1;
                variable drawn : real;
                variable sent, received : natural := 0;
                variable turns : natural := 0;
                variable taken : boolean;
              begin
                wait for 1 ns;
                clk <= '1';
                wait for 1 ns;
                clk <= '0';
                rst <= '0';
                while received < VECTOR_COUNT and turns < 100 * (VECTOR_COUNT + LATENCY) loop
                  turns := turns + 1;
                  -- What is offered stays until it is taken.
                  uniform(seed1, seed2, drawn);
                  if x_valid = '0' and sent < VECTOR_COUNT and drawn < 0.75 then
                    apply;
                    x_valid <= '1';
                  end if;
                  uniform(seed1, seed2, drawn);
                  result_ready <= '0';
                  if drawn < 0.75 then
                    result_ready <= '1';
                  end if;
                  wait for 1 ns;
                  if result_valid = '1' and result_ready = '1' then
                    if received < sent then
                      compare(received);
                    else
                      errors := errors + 1;
                    end if;
                    received := received + 1;
                  end if;
                  taken := x_valid = '1' and x_ready = '1';
                  clk <= '1';
                  wait for 1 ns;
                  clk <= '0';
                  if taken then
                    sent := sent + 1;
                    x_valid <= '0';
                    wait for 0 ns;
                  end if;
                end loop;
                if received /= VECTOR_COUNT then
                  errors := errors + 1;
                  say(integer'image(received) & " of VECTOR_COUNT vectors received");
                end if;
            """ + END;

    private VhdlBenchText() {}
}
