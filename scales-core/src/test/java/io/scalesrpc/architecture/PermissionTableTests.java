package io.scalesrpc.architecture;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PermissionTableTests {

	private static final PermissionTable TABLE = PermissionTable.parse("""
			call  ->
			time  ->
			retry -> call time
			""");

	@Test
	void whatIsAsPermittedIsNoProblem() {
		assertThat(TABLE.problemsOfImports(Map.of("call", Set.of(), "time", Set.of(), "retry", Set.of("call", "time"))))
			.isEmpty();
	}

	@Test
	void anImportThatIsNotPermittedIsAProblem() {
		assertThat(TABLE
			.problemsOfImports(Map.of("call", Set.of("time"), "time", Set.of(), "retry", Set.of("call", "time"))))
			.containsExactly("call must not import time");
	}

	@Test
	void aPermissionNobodyUsesIsAProblem() {
		assertThat(TABLE.problemsOfImports(Map.of("call", Set.of(), "time", Set.of(), "retry", Set.of("call"))))
			.containsExactly("retry does not import time");
	}

	@Test
	void aPackageWithoutALineIsAProblemAndSoIsALineWithoutAPackage() {
		assertThat(TABLE.problemsOfImports(Map.of("call", Set.of(), "pool", Set.of(), "retry", Set.of("call", "time"))))
			.containsExactlyInAnyOrder("package pool has no line", "there is no package time");
	}

	@Test
	void aCircleIsAProblemEvenIfEveryStepIsPermitted() {
		PermissionTable circular = PermissionTable.parse("""
				a   -> b
				b   -> c
				c   -> a
				low ->
				top -> a low
				""");
		assertThat(circular.problemsOfImports(circular.rows())).containsExactly("cycle among [a, b, c]");
	}

	@Test
	void allPermitsEverythingAndNeedsNothing() {
		PermissionTable table = PermissionTable.parse("call ->\nclient -> all");
		assertThat(table.problemsOfImports(Map.of("call", Set.of(), "client", Set.of("call")))).isEmpty();
		assertThat(table.problemsOfImports(Map.of("call", Set.of(), "client", Set.of()))).isEmpty();
	}

	@Test
	void useIsPermittedByPackageOrByClass() {
		PermissionTable table = PermissionTable.parse("io.netty -> mux transport.EventLoops");
		assertThat(table.problemsOfUse(Map.of("io.netty", Set.of("mux.MuxFrame", "transport.EventLoops")))).isEmpty();
		assertThat(table.problemsOfUse(
				Map.of("io.netty", Set.of("mux.MuxFrame", "transport.EventLoops", "transport.Connector", "call.Call"))))
			.containsExactlyInAnyOrder("transport.Connector must not use io.netty", "call.Call must not use io.netty");
		assertThat(table.problemsOfUse(Map.of("io.netty", Set.of("mux.MuxFrame"))))
			.containsExactly("transport.EventLoops does not use io.netty");
	}

	@Test
	void refusesALineThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> PermissionTable.parse("call time"))
			.withMessage("line: call time (expected: name -> permitted permitted ...)");
		assertThatIllegalArgumentException().isThrownBy(() -> PermissionTable.parse("call ->\ncall -> time"))
			.withMessage("line: call -> time (expected: one line for each name)");
	}

}
