package io.scalesrpc.thrift;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftMethod;
import io.scalesrpc.thrift.declared.ThriftIdl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

class ThriftIdlTests {

	/** The compiler of this build. */
	private static final Path COMPILER = Path.of("target", "thrift-compiler", "bin", "thrift");

	/** A struct. */
	record Note(@ThriftField(value = 2, required = true) String text, @ThriftField(1) long from,
			@ThriftField(5) UUID id) {
	}

	/** A service with a bit of everything that CodeFirst has not. */
	@ThriftInterface
	interface Notes {

		@ThriftMethod(oneway = true)
		void keep(List<Note> notes, @ThriftField(7) boolean end);

		@ThriftMethod(name = "find_one")
		Note find(String text) throws CodeFirst.DivisionByZero;

	}

	@Test
	void theIdlSaysWhatTheInterfaceSays() {
		assertThat(ThriftIdl.of(Notes.class)).isEqualTo("""
				// What io.scalesrpc.thrift.ThriftIdlTests$Notes says.
				namespace * io.scalesrpc.thrift

				struct Note {
				  2: required string text
				  1: i64 from_
				  5: optional uuid id
				}

				exception DivisionByZero {
				  1: optional string reason
				}

				service Notes {
				  Note find_one(1: string text) throws (1: DivisionByZero e1)
				  oneway void keep(1: list<Note> notes, 7: bool end_)
				}
				""");
	}

	@Test
	void whatACompilerMakesOfItWritesTheSameBytes(@TempDir Path folder) throws Exception {
		assumeThat(COMPILER).exists();
		Path idl = Files.writeString(folder.resolve("values.thrift"),
				ThriftIdl.of(CodeFirstValues.ValueService.class).replace("namespace * ", "namespace java made."));
		ClassLoader loader = new OldCompiler("", COMPILER, idl).compile(folder);
		ThriftService made = ThriftService.of(loader.loadClass("made.io.scalesrpc.thrift.ValueService"));
		List<byte[]> replies = ValueReplies.all();
		for (byte[] reply : replies) {
			assertThat(ValueReplies.encodedAgain(made, reply)).isEqualTo(ValueReplies.call(reply));
		}
	}

	/** A second struct of that name. */
	record Pair(@ThriftField(1) int left) {
	}

	/** A service whose types have one name. */
	@ThriftInterface
	interface Twins {

		Pair swap(CodeFirstValues.Pair pair);

	}

	@Test
	void namesThatAreTheSameAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftIdl.of(Twins.class))
			.withMessageContaining("Pair: named as " + Pair.class.getName() + " is (expected: simple names that");
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftIdl.of(Runnable.class))
			.withMessage("java.lang.Runnable: without @ThriftInterface (expected: a service that has no IDL)");
	}

}
