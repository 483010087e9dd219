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
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftService;
import io.scalesrpc.thrift.ValueReplies;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A service with a value of every type, called through the classes of some compiler, or
 * through records: the same bytes, to the servers of others.
 */
public abstract class ValueContract {

	private static final int VALUES = 40;

	private final ThriftService service;

	/**
	 * A contract of one kind of classes.
	 * @param service the service of values.thrift by those classes
	 */
	protected ValueContract(Class<?> service) {
		this.service = ThriftService.of(service);
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

	private void areAnswered(int port) throws Exception {
		areAnswered(this.service.iface(), "thrift", port);
	}

	/**
	 * Calls a server that gives back what it is given.
	 * @param type the service by some kind of classes
	 * @param protocol what is spoken
	 * @param port where it listens
	 */
	@SuppressWarnings("unchecked")
	public static void areAnswered(Class<?> type, String protocol, int port) throws Exception {
		ThriftService service = ThriftService.of(type);
		Class<Object> iface = (Class<Object>) service.iface();
		try (ClientHandle<Object> client = ScalesClients.builder(iface)
			.name("values")
			.protocol(protocol)
			.uri("tcp://127.0.0.1:" + port)
			.build()) {
			for (byte[] reply : ValueReplies.all()) {
				Object answer = method(iface, "echo").invoke(client.proxy(), ValueReplies.value(service, reply));
				assertThat(ValueReplies.encoded(service, answer)).isEqualTo(ValueReplies.call(reply));
			}
			method(iface, "check").invoke(client.proxy(), false);
			assertThatThrownBy(() -> method(iface, "check").invoke(client.proxy(), true))
				.isInstanceOf(InvocationTargetException.class)
				.cause()
				.satisfies((ex) -> assertThat(ex.getClass().getSimpleName()).isEqualTo("Refused"))
				.hasFieldOrPropertyWithValue("why", "asked for")
				.hasFieldOrPropertyWithValue("limit", 1L << 40);
		}
	}

	private static Method method(Class<?> iface, String name) {
		Method method = Arrays.stream(iface.getMethods())
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
