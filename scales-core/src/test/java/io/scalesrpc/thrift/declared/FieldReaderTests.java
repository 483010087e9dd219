package io.scalesrpc.thrift.declared;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
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

	@Test
	void thereAreBitsForSixtyFour() {
		assertThat(required(64).size()).isEqualTo(64);
		assertThatIllegalArgumentException().isThrownBy(() -> required(65))
			.withMessage("Wide: 65 required fields (expected: at most 64)");
	}

}
