package io.scalesrpc.benchmark.finagle;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import com.twitter.finagle.Service;
import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.loadbalancer.Balancers;
import com.twitter.finagle.loadbalancer.LoadBalancerFactory;
import com.twitter.finagle.stats.NullStatsReceiver;
import com.twitter.finagle.thrift.ThriftClientRequest;
import com.twitter.util.Await;
import com.twitter.util.Duration;
import com.twitter.util.Future;
import io.scalesrpc.benchmark.load.AsyncEchoClient;
import io.scalesrpc.benchmark.load.BlockingEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * Finagle in its modes. Messages are read and written as its generated clients do, but
 * for a line that those print. <em>Stateless</em>.
 */
public final class FinagleClients {

	/** Kept, since loggers that nobody keeps forget their level. */
	private static final Logger TWITTER = Logger.getLogger("com.twitter");

	private FinagleClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#runFleet} has them
	 */
	public static void main(String[] args) throws Exception {
		TWITTER.setLevel(Level.SEVERE);
		Client.runFleet(args, FinagleClients::create);
	}

	private static EchoClient create(String name, List<Integer> ports, int connections) {
		ThriftMux.Client client = ThriftMux.client()
			.withLabel("echo")
			.withStatsReceiver(NullStatsReceiver.get())
			.withRequestTimeout(Duration.fromSeconds(10));
		ThriftMux.Client chosen = switch (name) {
			case "finagle", "finagle-blocking" -> client;
			case "finagle-heap" ->
				client.configured(new LoadBalancerFactory.Param(Balancers.heap(Balancers.heap$default$1())).mk());
			case "finagle-p2c" ->
				client.configured(new LoadBalancerFactory.Param(Balancers.p2c(Balancers.p2c$default$1())).mk());
			default -> throw Client.unknown(name);
		};
		String members = ports.stream().map((port) -> "localhost:" + port).collect(Collectors.joining(","));
		Futures futures = new Futures(chosen.newService(members));
		BlockingEchoClient blocking = (text) -> Await.result(futures.echo(text));
		return name.equals("finagle-blocking") ? blocking : futures;
	}

	/**
	 * By Finagle's own futures. <em>Thread-safe</em>.
	 *
	 * @param service the client
	 */
	private record Futures(Service<ThriftClientRequest, byte[]> service) implements AsyncEchoClient {

		@Override
		public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
			echo(text).respond((answer) -> {
				done.accept(answer.isReturn() ? answer.apply() : null, answer.isThrow() ? answer.throwable() : null);
				return BoxedUnit.UNIT;
			});
		}

		Future<String> echo(String text) {
			try {
				TMemoryBuffer out = new TMemoryBuffer(128);
				new PeerService.Client(new TBinaryProtocol(out)).send_echo(text);
				byte[] request = Arrays.copyOf(out.getArray(), out.length());
				return this.service.apply(new ThriftClientRequest(request, false)).map(Futures::echoed);
			}
			catch (TException ex) {
				return Future.exception(ex);
			}
		}

		private static String echoed(byte[] answer) {
			try {
				TBinaryProtocol in = new TBinaryProtocol(new TMemoryInputTransport(answer));
				in.readMessageBegin();
				PeerService.echo_result result = new PeerService.echo_result();
				result.read(in);
				return result.getSuccess();
			}
			catch (TException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
