package io.scalesrpc.thrift.declared;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Each required field that came is a bit. */
class FieldReaderTests {

	private static FieldSet required(int count) {
		List<Field> fields = IntStream.range(0, count)
			.mapToObj((i) -> new Field("f" + i, new TField("f" + i, TType.I32, (short) (i + 1)), Scalar.I32, true, i,
					true))
			.toList();
		return new FieldSet("Wide", fields);
	}

	/** The fields with their numbers as values, but for one. */
	private static TProtocol written(int missing) throws TException {
		TProtocol out = new TBinaryProtocol(new TMemoryBuffer(1024));
		for (int i = 0; i < 64; i++) {
			if (i != missing) {
				out.writeFieldBegin(new TField("f" + i, TType.I32, (short) (i + 1)));
				out.writeI32(i);
			}
		}
		out.writeFieldStop();
		return out;
	}

	@Test
	void thereAreBitsForSixtyFour() throws Exception {
		FieldSet wide = required(64);
		assertThat(wide.read(written(-1))).isEqualTo(IntStream.range(0, 64).boxed().toArray());
		for (int i : new int[] { 0, 31, 32, 63 }) {
			assertThatExceptionOfType(TProtocolException.class).isThrownBy(() -> wide.read(written(i)))
				.withMessageContaining("f" + i);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> required(65))
			.withMessage("Wide: 65 required fields (expected: at most 64)");
	}

}
