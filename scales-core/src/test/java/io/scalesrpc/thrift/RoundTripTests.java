package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Node;
import io.scalesrpc.test.calculator.Operation;
import io.scalesrpc.test.calculator.Overflow;
import io.scalesrpc.test.peer.PeerException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(ThriftEncoding.class)
class RoundTripTests {

	private final EchoCalculator handler = new EchoCalculator();

	private final ThriftLoop calculator;

	private final ThriftLoop peer;

	RoundTripTests(ThriftEncoding encoding) {
		this.calculator = ThriftLoop.of(encoding, this.handler);
		this.peer = ThriftLoop.of(encoding, new EchoPeer());
	}

	@Test
	void argumentsAndResultsOfEveryTypeArrive() {
		assertThat(this.calculator.value("everything", Samples.everything())).isEqualTo(Samples.everything());
		assertThat(this.peer.value("big", Samples.big(20))).isEqualTo(Samples.big(20));
		assertThat(this.calculator.value("truth", true)).isEqualTo(true);
		assertThat(this.calculator.value("truth", false)).isEqualTo(false);
		assertThat(this.calculator.value("identity", Samples.ID)).isEqualTo(Samples.ID);
		assertThat(this.calculator.value("operation", Operation.DIVIDE)).isEqualTo(Operation.DIVIDE);
		assertThat(this.calculator.value("numbers", List.of(5L, -6L, 7L), 2)).isEqualTo(List.of(5L, -6L));
		assertThat(this.calculator.value("node", Samples.chain(9))).isEqualTo(Samples.chain(9));
		assertThat(this.peer.value("echo", "")).isEqualTo("");
		assertThat(this.peer.value("add", Integer.MAX_VALUE, 1)).isEqualTo(Integer.MIN_VALUE);
	}

	@Test
	void bigStructsArrive() {
		List<Long> many = LongStream.range(0, 50_000).boxed().toList();
		assertThat(this.calculator.value("numbers", many, many.size())).isEqualTo(many);
		assertThat(this.peer.value("big", Samples.big(3000))).isEqualTo(Samples.big(3000));
		assertThat(this.peer.value("echo", "x".repeat(200_000))).isEqualTo("x".repeat(200_000));
	}

	@Test
	void argumentsKeepTheOrderOfTheIdlThoughTheirIdsDoNot() {
		assertThat(this.calculator.value("join", "first", "second", 3)).isEqualTo("first,second,3");
	}

	@Test
	void aMethodThatIsNamedAsynchronouslyIsNotTheOther() {
		assertThat(this.calculator.value("fetch", 10L)).isEqualTo(11L);
		assertThat(this.calculator.value("fetchAsync", 10L)).isEqualTo(9L);
	}

	@Test
	void voidMethodsAnswerWithoutAValue() {
		assertThat(this.calculator.call("ping")).isEqualTo(ThriftReply.Value.NOTHING);
		assertThat(this.calculator.call("storeValue", 2.5)).isEqualTo(ThriftReply.Value.NOTHING);
		assertThat(this.handler.remembered).containsExactly("ping", "value 2.5");
	}

	@Test
	void onewayMethodsAnswerWithNoByte() {
		assertThat(this.calculator.reply("forget", "it", true).readableBytes()).isZero();
		assertThat(this.calculator.call("forget", "it", false)).isEqualTo(ThriftReply.Value.NOTHING);
		assertThat(this.handler.remembered).containsExactly("ittrue", "itfalse");
	}

	@Test
	void optionalFieldsStayUnset() {
		Node node = (Node) this.calculator.value("node", new Node());
		assertThat(node.isSetLabel() || node.isSetNext() || node.isSetChildren()).isFalse();
	}

	@Test
	void binaryArrivesFromEveryKindOfBuffer() {
		byte[] bytes = new byte[300];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		ByteBuffer direct = ByteBuffer.allocateDirect(300).put(bytes).flip();
		ByteBuffer slice = ByteBuffer.wrap(bytes).position(10).slice();
		assertThat(this.peer.value("echoBytes", ByteBuffer.wrap(bytes))).isEqualTo(ByteBuffer.wrap(bytes));
		assertThat(this.peer.value("echoBytes", direct)).isEqualTo(ByteBuffer.wrap(bytes));
		assertThat(this.peer.value("echoBytes", slice)).isEqualTo(ByteBuffer.wrap(bytes, 10, 290));
		assertThat(this.peer.value("echoBytes", slice.asReadOnlyBuffer())).isEqualTo(ByteBuffer.wrap(bytes, 10, 290));
		assertThat(this.peer.value("echoBytes", ByteBuffer.allocate(0))).isEqualTo(ByteBuffer.allocate(0));
		assertThat(List.of(direct.remaining(), slice.remaining())).containsExactly(300, 290);
	}

	/** The generated code copies arguments, but writes the handler's own result. */
	@Test
	void binaryIsWrittenFromEveryKindOfBuffer() {
		ByteBuffer expected = Samples.bytes("0123456789").position(2);
		ByteBuffer direct = ByteBuffer.allocateDirect(8).put(expected.duplicate()).flip();
		for (ByteBuffer result : List.of(expected, direct, expected.slice(), expected.asReadOnlyBuffer(),
				direct.asReadOnlyBuffer())) {
			ThriftLoop loop = ThriftLoop.of(this.peer.codec(), new EchoPeer() {
				@Override
				public ByteBuffer echoBytes(ByteBuffer bytes) {
					return result;
				}
			});
			assertThat(loop.value("echoBytes", Samples.bytes("?"))).as(result.toString()).isEqualTo(expected);
			assertThat(result.remaining()).isEqualTo(8);
		}
	}

	@Test
	void exceptionsOfTheIdlArriveAsSuch() {
		assertThat(this.calculator.call("divide", 8, 2)).isEqualTo(new ThriftReply.Value(4));
		assertThat(this.calculator.call("divide", 8, 0))
			.isEqualTo(new ThriftReply.Declared(new DivisionByZero("8 / 0")));
		assertThat(this.calculator.call("divide", Integer.MIN_VALUE, -1))
			.isEqualTo(new ThriftReply.Declared(new Overflow(Integer.MAX_VALUE, new Node().setLabel("divide"))));
		assertThat(this.peer.call("fail", 3, "why")).isEqualTo(new ThriftReply.Declared(new PeerException(3, "why")));
	}

}
