package io.scalesrpc.finagle.peer;

import java.net.InetSocketAddress;

import com.twitter.finagle.ListeningServer;
import com.twitter.finagle.Thrift;
import com.twitter.finagle.ThriftMux;
import com.twitter.util.Future;
import io.scalesrpc.finagle.load.Commands;
import io.scalesrpc.test.values.Item;
import io.scalesrpc.test.values.Refused;
import io.scalesrpc.test.values.Value;
import io.scalesrpc.test.values.ValueService;

/**
 * Finagle's ThriftMux server and its Thrift server, with a service of Scrooge's that
 * gives back what it is given. Its only command is {@code quit}. <em>Confined to the main
 * thread</em>.
 */
public final class FinagleValuesMain {

	private FinagleValuesMain() {
	}

	/**
	 * Runs the servers until the input ends. Says {@code READY <port> <port>} when they
	 * listen: that of ThriftMux and that of Thrift.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		ValueService.Service service = new ValueService.Service(new Values());
		ListeningServer mux = ThriftMux.server().serve(new InetSocketAddress("localhost", 0), service);
		ListeningServer plain = Thrift.server().serve(new InetSocketAddress("localhost", 0), service);
		Commands.run("READY " + port(mux) + " " + port(plain), (command, rest) -> {
			throw new IllegalArgumentException("command: " + command + " (expected: quit)");
		});
	}

	private static int port(ListeningServer server) {
		return ((InetSocketAddress) server.boundAddress()).getPort();
	}

	/** Gives back what it is given. <em>Immutable</em>. */
	private static final class Values implements ValueService.ServiceIface {

		@Override
		public Future<Value> echo(Value value) {
			return Future.value(value);
		}

		@Override
		public Future<Item> item(Item item) {
			return Future.value(item);
		}

		@Override
		public Future<Integer> number(int number) {
			return Future.value(number);
		}

		@Override
		public Future<Void> check(boolean fail) {
			return (fail) ? Future.exception(new Refused("asked for", 1L << 40)) : Future.Void();
		}

	}

}
