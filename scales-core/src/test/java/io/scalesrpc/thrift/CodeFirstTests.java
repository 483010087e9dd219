package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.calculator.Node;
import io.scalesrpc.test.calculator.Number;
import io.scalesrpc.test.calculator.Operation;
import io.scalesrpc.test.calculator.Overflow;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.CodeFirst.Number.Fraction;
import io.scalesrpc.thrift.CodeFirst.Number.Whole;
import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftMethod;
import io.scalesrpc.thrift.annotation.ThriftValue;
import org.apache.thrift.TApplicationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Code-first services beside generated code of the same IDL. */
@Sockets
@ParameterizedClass
@EnumSource(ThriftEncoding.class)
class CodeFirstTests {

	private final EchoCodeFirst handler = new EchoCodeFirst();

	private final ThriftLoop declared;

	private final ThriftLoop generated;

	CodeFirstTests(ThriftEncoding encoding) {
		this.declared = ThriftLoop.of(encoding, this.handler);
		this.generated = ThriftLoop.of(encoding, new EchoCalculator());
	}

	private static final List<Long> LONGS = List.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31);

	private static final List<Double> DOUBLES = List.of(0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY,
			Double.MIN_VALUE, Double.MAX_VALUE);

	private static final List<String> TEXTS = List.of("", "a", "\u00e4\u20ac\ud83d\ude00", "\u0000\"\\\n",
			"x".repeat(5000), "/");

	private static List<Everything> generatedValues() {
		List<Everything> values = new ArrayList<>(List.of(new Everything()));
		for (int i = 0; i < LONGS.size(); i++) {
			long number = LONGS.get(i);
			double real = DOUBLES.get(i);
			UUID id = new UUID(number, ~number);
			ByteBuffer bytes = Samples.bytes(TEXTS.get(i));
			boolean odd = i % 2 == 1;
			values
				.add(new Everything(odd, (byte) number, (short) number, (int) number, number, real, TEXTS.get(i), bytes,
						id, odd ? Operation.ADD : Operation.DIVIDE, odd ? Number.whole(number) : Number.fraction(real),
						odd ? List.of() : List.of(id, id), odd ? Set.of() : Set.of(Operation.DIVIDE),
						odd ? Map.of() : Map.of(Operation.ADD, List.of(Number.whole(number), Number.fraction(real))),
						number, odd ? List.of() : List.of(true, false)));
		}
		return values;
	}

	private static List<CodeFirst.Everything> declaredValues() {
		List<CodeFirst.Everything> values = new ArrayList<>(List.of(new CodeFirst.Everything(false, (byte) 0, (short) 0,
				0, 0, 0, null, null, null, null, null, null, null, null, 0, null)));
		for (int i = 0; i < LONGS.size(); i++) {
			long number = LONGS.get(i);
			double real = DOUBLES.get(i);
			UUID id = new UUID(number, ~number);
			ByteBuffer bytes = Samples.bytes(TEXTS.get(i));
			boolean odd = i % 2 == 1;
			values.add(new CodeFirst.Everything(odd, (byte) number, (short) number, (int) number, number, real,
					TEXTS.get(i), bytes, id, odd ? CodeFirst.Operation.ADD : CodeFirst.Operation.DIVIDE,
					odd ? new Whole(number) : new Fraction(real), odd ? List.of() : List.of(id, id),
					odd ? Set.of() : Set.of(CodeFirst.Operation.DIVIDE),
					odd ? Map.of() : Map.of(CodeFirst.Operation.ADD, List.of(new Whole(number), new Fraction(real))),
					number, odd ? List.of() : List.of(true, false)));
		}
		return values;
	}

	@Test
	void callsAndRepliesAreTheSameBytes() {
		List<Everything> theirs = generatedValues();
		List<CodeFirst.Everything> ours = declaredValues();
		for (int i = 0; i < theirs.size(); i++) {
			same("everything", new Object[] { theirs.get(i) }, new Object[] { ours.get(i) });
			assertThat(this.declared.value("everything", ours.get(i))).isEqualTo(ours.get(i));
		}
		for (Object[] arguments : List.of(new Object[] { 8, 2 }, new Object[] { 8, 0 },
				new Object[] { Integer.MIN_VALUE, -1 })) {
			same("divide", arguments, arguments);
		}
		same("join", new Object[] { "a", null, 3 }, new Object[] { "a", null, 3 });
		same("numbers", new Object[] { LONGS, 4 }, new Object[] { LONGS, 4 });
		same("truth", new Object[] { true }, new Object[] { true });
		same("identity", new Object[] { Samples.ID }, new Object[] { Samples.ID });
		same("operation", new Object[] { Operation.DIVIDE }, new Object[] { CodeFirst.Operation.DIVIDE });
		same("ping", new Object[0], new Object[0]);
		same("storeValue", new Object[] { 2.5 }, new Object[] { 2.5 });
		same("forget", new Object[] { "it", true }, new Object[] { "it", true });
		same("node", new Object[] { new Node(List.of(new Node())).setLabel("a").setNext(new Node()) },
				new Object[] { new CodeFirst.Node("a", node(), List.of(node())) });
		assertThat(this.handler.remembered).contains("ping", "value 2.5", "ittrue");
	}

	private static CodeFirst.Node node() {
		return new CodeFirst.Node(null, null, null);
	}

	/** The call, and the reply of each server to it. */
	private void same(String method, Object[] theirs, Object[] ours) {
		ByteBuf call = this.generated.request(method, theirs);
		assertThat(bytes(this.declared.request(method, ours))).as(method).isEqualTo(bytes(call));
		byte[] reply = bytes(this.generated.answer(call.duplicate()));
		assertThat(bytes(this.declared.answer(call))).as(method).isEqualTo(reply);
	}

	@Test
	void exceptionsArriveAsTheirClass() {
		ThriftReply.Declared zero = (ThriftReply.Declared) this.declared.call("divide", 1, 0);
		assertThat(((CodeFirst.DivisionByZero) zero.exception()).getReason()).isEqualTo("1 / 0");
		ThriftReply.Declared overflow = (ThriftReply.Declared) this.declared.call("divide", Integer.MIN_VALUE, -1);
		assertThat(((CodeFirst.Overflow) overflow.exception()).where().label()).isEqualTo("divide");
		assertThat(this.generated.read("divide", this.declared.reply("divide", 1, 0)))
			.isEqualTo(new ThriftReply.Declared(new DivisionByZero("1 / 0")));
		assertThat(this.generated.read("divide", this.declared.reply("divide", Integer.MIN_VALUE, -1)))
			.isEqualTo(new ThriftReply.Declared(new Overflow(Integer.MAX_VALUE, new Node().setLabel("divide"))));
	}

	@Test
	void whatDoesNotFitIsSaid() {
		ThriftLoop newer = ThriftLoop.of(this.declared.codec(), new NewerHandler());
		assertThat(this.declared.read("operation", newer.reply("operation", Newer.MODULO)))
			.isEqualTo(new ThriftReply.Misfit(
					"success: a value that this client does not know (expected: one of" + " Operation)"));
		ThriftReply missing = this.declared.read("identity", newer.reply("identity", Samples.ID));
		assertThat(((ThriftReply.Refused) missing).exception().getType())
			.isEqualTo(TApplicationException.MISSING_RESULT);
		assertThatExceptionOfType(ThriftMessageException.class)
			.isThrownBy(() -> newer.request("needs", new Needing(null)))
			.withMessageContaining("Required field 'text' was not present! Struct: Needing");
		assertThatExceptionOfType(ThriftMessageException.class)
			.isThrownBy(() -> this.declared.request("operation", "ADD"))
			.withMessageContaining("operation.");
	}

	@Test
	void limitsHold() {
		CodeFirst.Node deep = node();
		for (int i = 0; i < ThriftCodec.DEFAULT_MAX_DEPTH; i++) {
			deep = new CodeFirst.Node(null, deep, null);
		}
		CodeFirst.Node tooDeep = deep;
		assertThatExceptionOfType(ThriftMessageException.class).isThrownBy(() -> this.declared.request("node", tooDeep))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(ThriftMessageException.Fault.LIMIT));
	}

	@Test
	void clientsAndServersCallEachOther() {
		try (ThriftMuxServer server = ThriftMuxServer.builder()
			.port(0)
			.service(CodeFirst.Calculator.class, this.handler)
			.build()
			.start();
				ClientHandle<CodeFirst.Calculator> ours = client(CodeFirst.Calculator.class, server);
				ClientHandle<Calculator.Iface> theirs = client(Calculator.Iface.class, server)) {
			assertThat(ours.proxy().everything(declaredValues().get(1))).isEqualTo(declaredValues().get(1));
			assertThat(theirs.proxy().everything(generatedValues().get(1))).isEqualTo(generatedValues().get(1));
			assertThatExceptionOfType(CodeFirst.DivisionByZero.class).isThrownBy(() -> ours.proxy().divide(1, 0));
			assertThatExceptionOfType(DivisionByZero.class).isThrownBy(() -> theirs.proxy().divide(1, 0));
		}
		catch (org.apache.thrift.TException ex) {
			throw new AssertionError(ex);
		}
	}

	private static <T> ClientHandle<T> client(Class<T> type, ThriftMuxServer server) {
		return ScalesClients.builder(type)
			.name("calculator")
			.uri("tcp://localhost:" + server.port())
			.timeout(Duration.ofSeconds(10))
			.build();
	}

	private static byte[] bytes(ByteBuf buffer) {
		return ByteBufUtil.getBytes(buffer);
	}

	/** An enum of a newer interface. */
	enum Newer {

		/** Unknown to the other. */
		@ThriftValue(9)
		MODULO

	}

	/** A struct that needs its field. */
	record Needing(@ThriftField(value = 1, required = true) String text) {
	}

	/** A newer interface. */
	@ThriftInterface
	interface NewerCalculator {

		Newer operation(Newer value);

		@ThriftMethod(name = "identity")
		UUID nothing(UUID value);

		Needing needs(Needing value);

	}

	/** Answers as it is asked, or nothing. <em>Immutable</em>. */
	static final class NewerHandler implements NewerCalculator {

		@Override
		public Newer operation(Newer value) {
			return value;
		}

		@Override
		public UUID nothing(UUID value) {
			return null;
		}

		@Override
		public Needing needs(Needing value) {
			return value;
		}

	}

}
