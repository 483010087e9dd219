package io.scalesrpc.benchmark.finagle;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;

import com.twitter.finagle.ListeningServer;
import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.stats.NullStatsReceiver;
import com.twitter.util.Future;
import com.twitter.util.FuturePool;
import com.twitter.util.FuturePools;
import io.scalesrpc.benchmark.load.Server;
import io.scalesrpc.test.peer.PeerService;

/**
 * Finagle's server with its generated service, whose handler answers on the event loop or
 * on threads where it may block. <em>Stateless</em>.
 */
public final class FinagleServers {

	private FinagleServers() {
	}

	/**
	 * Runs a server.
	 * @param args its name
	 */
	public static void main(String[] args) throws Exception {
		FuturePool pool = FuturePools.unboundedPool();
		Echo echo = new Echo(args[0].equals("finagle-pool") ? (text) -> pool.apply(() -> text) : Future::value);
		ListeningServer server = ThriftMux.server()
			.withStatsReceiver(NullStatsReceiver.get())
			.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new PeerService.Service(echo));
		Server.run("mux=" + ((InetSocketAddress) server.boundAddress()).getPort());
	}

	/**
	 * The handler: a client of nothing, so that it has the service's other methods too.
	 * <em>Thread-safe</em>.
	 */
	private static final class Echo extends PeerService.ServiceToClient {

		private final Function<String, Future<String>> answer;

		Echo(Function<String, Future<String>> answer) {
			super(null);
			this.answer = answer;
		}

		@Override
		public Future<String> echo(String text) {
			return this.answer.apply(text);
		}

	}

}
