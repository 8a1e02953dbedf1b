package dev.gatewright.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.logic.Satisfiability.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SatisfiabilityTest {
    @Test
    void agreesWithTryingEverything() {
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        for (int seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int variables = random.nextInt(1, 13);
            List<int[]> clauses = new ArrayList<>();
            // About 4.3 clauses of three literals a variable are satisfiable half of the time.
            for (int i = random.nextInt(5 * variables + 1); i >= 0; i--) {
                int[] clause = new int[random.nextInt(8) == 0 ? random.nextInt(1, 3) : 3];
                for (int j = 0; j < clause.length; j++) {
                    clause[j] = random.nextInt(2 * variables);
                }
                clauses.add(clause);
            }
            Satisfiability search = new Satisfiability(variables);
            clauses.forEach(search::add);
            Answer answer = search.solve(Integer.MAX_VALUE);
            answers.merge(answer, 1, Integer::sum);
            assertThat(answer)
                    .as("seed %d", seed)
                    .isEqualTo(satisfiable(variables, clauses) ? Answer.SATISFIABLE : Answer.UNSATISFIABLE);
            if (answer == Answer.SATISFIABLE) {
                int found = 0;
                for (int v = 0; v < variables; v++) {
                    found |= search.value(v) ? 1 << v : 0;
                }
                assertThat(holds(found, clauses)).as("seed %d", seed).isTrue();
            }
        }
        assertThat(answers.get(Answer.SATISFIABLE)).isGreaterThan(2000);
        assertThat(answers.get(Answer.UNSATISFIABLE)).isGreaterThan(2000);
    }

    /** Six pigeons do not fit five holes, and that takes a search to see. */
    @Test
    void hardSetsAreDecidedOrGivenUp() {
        assertThat(pigeons(6, 5).solve(1_000_000)).isEqualTo(Answer.UNSATISFIABLE);
        assertThat(pigeons(5, 5).solve(1_000_000)).isEqualTo(Answer.SATISFIABLE);
        assertThat(pigeons(9, 8).solve(20)).isEqualTo(Answer.UNDECIDED);
    }

    @Test
    void edges() {
        assertThat(new Satisfiability(0).solve(0)).isEqualTo(Answer.SATISFIABLE);
        Satisfiability empty = new Satisfiability(1);
        empty.add();
        assertThat(empty.solve(10)).isEqualTo(Answer.UNSATISFIABLE);
        assertThatThrownBy(() -> new Satisfiability(2).add(0, 4)).hasMessageContaining("0 to 3");
    }

    private static Satisfiability pigeons(int pigeons, int holes) {
        Satisfiability search = new Satisfiability(pigeons * holes);
        for (int p = 0; p < pigeons; p++) {
            int[] somewhere = new int[holes];
            for (int h = 0; h < holes; h++) {
                somewhere[h] = 2 * (p * holes + h);
                for (int q = 0; q < p; q++) {
                    search.add(2 * (p * holes + h) + 1, 2 * (q * holes + h) + 1);
                }
            }
            search.add(somewhere);
        }
        return search;
    }

    private static boolean satisfiable(int variables, List<int[]> clauses) {
        for (int assignment = 0; assignment < 1 << variables; assignment++) {
            if (holds(assignment, clauses)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(int assignment, List<int[]> clauses) {
        for (int[] clause : clauses) {
            boolean any = false;
            for (int literal : clause) {
                any |= (assignment >> (literal >> 1) & 1) != (literal & 1);
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }
}
