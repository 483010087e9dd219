package io.scalesrpc.thrift.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.values.Item;
import io.scalesrpc.test.values.Refused;
import io.scalesrpc.test.values.Value;
import io.scalesrpc.test.values.ValueService;
import io.scalesrpc.thrift.CodeFirstValues;
import io.scalesrpc.thrift.OldCompiler;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftService;
import io.scalesrpc.thrift.ValueReplies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * One service with a value of every type, through the classes of compilers old and new,
 * and through records: the same bytes, to the servers of others.
 */
@ParameterizedClass
@ValueSource(strings = { "0.9.3", "0.13.0", "0.14.1", "0.17.0", "0.23.0", "code-first" })
class ValueMatrixTests {

	private static final int VALUES = 40;

	private final ThriftService service;

	ValueMatrixTests(String origin, @TempDir Path folder) throws Exception {
		this.service = ThriftService.of(switch (origin) {
			case "0.9.3", "0.13.0" -> kept("values-" + origin + ".jar");
			case "0.14.1" ->
				made(new OldCompiler(origin, OldCompiler.LIBRARIES.resolve("0.14.1/bin/thrift"), OldCompiler.VALUES),
						folder);
			case "0.17.0" -> made(new OldCompiler(origin, Path.of("/usr/bin/thrift"), OldCompiler.VALUES), folder);
			case "0.23.0" -> ValueService.class;
			default -> CodeFirstValues.ValueService.class;
		});
	}

	private static Class<?> kept(String jar) throws Exception {
		Path path = Path.of(ValueReplies.class.getResource(jar).toURI());
		return new OldCompiler.OwnFirst(path).loadClass(ValueService.class.getName());
	}

	private static Class<?> made(OldCompiler compiler, Path folder) throws Exception {
		assumeTrue(compiler.isThere(), "no Thrift compiler " + compiler);
		return compiler.compile(folder).loadClass(ValueService.class.getName());
	}

	@Test
	void callsAreTheSameBytes() throws Exception {
		assertThat(ValueReplies.all()).hasSize(VALUES);
		for (byte[] reply : ValueReplies.all()) {
			assertThat(ValueReplies.encodedAgain(this.service, reply)).isEqualTo(ValueReplies.call(reply));
		}
	}

	@Test
	void anEnumValueThatIsUnknownIsUnsetAndTheRestIsThere() throws Exception {
		byte[] unknown = ValueReplies.withUnknownShade();
		byte[] expected = ValueReplies.encodedAgain(ThriftService.of(ValueService.class), unknown);
		assertThat(expected).hasSize(unknown.length - 7);
		assertThat(ValueReplies.encodedAgain(this.service, unknown)).isEqualTo(expected);
	}

	@Test
	void libthriftsServerAnswers() throws Exception {
		try (LibthriftServer server = new LibthriftServer(LibthriftServer.Kind.THREADED_SELECTOR,
				ThriftTransport.FRAMED, ThriftEncoding.BINARY, (peer) -> new ValueService.Processor<>(new Values()))) {
			areAnswered(server.port());
		}
	}

	@Test
	void pythonsServerAnswers() throws Exception {
		assumeTrue(PythonServer.has("thrift.server.TServer"), "no Thrift for /usr/bin/python3: install python3-thrift");
		assumeTrue(Path.of("/usr/bin/thrift").toFile().exists(), "no /usr/bin/thrift: install thrift-compiler");
		try (PythonServer server = PythonServer.ofValues()) {
			areAnswered(server.port());
		}
	}

	@SuppressWarnings("unchecked")
	private void areAnswered(int port) throws Exception {
		Class<Object> iface = (Class<Object>) this.service.iface();
		try (ClientHandle<Object> client = ScalesClients.builder(iface)
			.name("values")
			.protocol("thrift")
			.uri("tcp://127.0.0.1:" + port)
			.build()) {
			for (byte[] reply : ValueReplies.all()) {
				Object answer = method("echo").invoke(client.proxy(), ValueReplies.value(this.service, reply));
				assertThat(ValueReplies.encoded(this.service, answer)).isEqualTo(ValueReplies.call(reply));
			}
			method("check").invoke(client.proxy(), false);
			assertThatThrownBy(() -> method("check").invoke(client.proxy(), true))
				.isInstanceOf(InvocationTargetException.class)
				.cause()
				.satisfies((ex) -> assertThat(ex.getClass().getSimpleName()).isEqualTo("Refused"))
				.hasFieldOrPropertyWithValue("why", "asked for")
				.hasFieldOrPropertyWithValue("limit", 1L << 40);
		}
	}

	private Method method(String name) {
		Method method = Arrays.stream(this.service.iface().getMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		method.setAccessible(true);
		return method;
	}

	/** Gives back what it is given. <em>Immutable</em>. */
	private static final class Values implements ValueService.Iface {

		@Override
		public Value echo(Value value) {
			return value;
		}

		@Override
		public Item item(Item item) {
			return item;
		}

		@Override
		public int number(int number) {
			return number;
		}

		@Override
		public void check(boolean fail) throws Refused {
			if (fail) {
				throw new Refused("asked for", 1L << 40);
			}
		}

	}

}
