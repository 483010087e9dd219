package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.stream.Stream;

import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TMemoryBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests {@link RecordCode}, with a class of its own and where no class can be made. */
class RecordCodeTests {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	static Stream<RecordCode> codes() throws ReflectiveOperationException {
		MethodHandle writer = LOOKUP.findStatic(RecordCodeTests.class, "write",
				MethodType.methodType(void.class, TProtocol.class, Object.class));
		MethodHandle maker = LOOKUP.findStatic(RecordCodeTests.class, "make",
				MethodType.methodType(Object.class, Scratch.class, Object[].class));
		return Stream.of(RecordCode.of(writer, maker), RecordCode.of(null, writer, maker));
	}

	static void write(TProtocol out, Object value) throws Exception {
		out.writeString((String) value);
	}

	static Object make(Scratch scratch, @Nullable Object[] objects) {
		if (objects.length == 0) {
			throw new IllegalStateException("nothing to make it of");
		}
		return List.of(scratch.numbers[scratch.base], String.valueOf(objects[0]));
	}

	@ParameterizedTest
	@MethodSource("codes")
	void writesAndMakes(RecordCode code) throws Throwable {
		TMemoryBuffer buffer = new TMemoryBuffer(32);
		code.write(new TBinaryProtocol(buffer), "anvil");
		assertThat(new TBinaryProtocol(buffer).readString()).isEqualTo("anvil");
		Scratch scratch = new Scratch();
		scratch.numbers[2] = 42;
		scratch.base = 2;
		assertThat(code.make(scratch, new Object[] { "anvil" })).isEqualTo(List.of(42L, "anvil"));
	}

	@ParameterizedTest
	@MethodSource("codes")
	void throwsWhatIsThrown(RecordCode code) {
		assertThatIllegalStateException().isThrownBy(() -> code.make(new Scratch(), new Object[0]))
			.withMessage("nothing to make it of");
	}

	@Test
	void eachHasAClassOfItsOwnThatIsConstant() throws ReflectiveOperationException {
		List<RecordCode> first = codes().toList();
		assertThat(first.get(0).getClass().isHidden()).isTrue();
		assertThat(first.get(0).getClass()).isNotEqualTo(codes().toList().get(0).getClass());
		assertThat(first.get(1).getClass().isHidden()).isFalse();
	}

}
