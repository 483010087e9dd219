package io.scalesrpc.finagle.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.stats.NullStatsReceiver;
import io.scalesrpc.finagle.load.Commands;

/**
 * Many of Finagle's ThriftMux servers in one JVM, for machines with few processors,
 * driven by lines on its input: <pre>
 * NUMBER COMMAND     a command of {@link FinagleServerMain} for one of them, the first has number 0
 * calls              how many calls each has had, in order
 * interrupts         how many delayed answers of each were called off by clients, in order
 * quit
 * </pre> <em>Confined to the main thread</em>.
 */
public final class FinagleServersMain {

	private final List<PeerServer> servers = new ArrayList<>();

	private FinagleServersMain() {
	}

	/**
	 * Runs the servers until the input ends. Says {@code READY <port> <port>...} when
	 * they listen.
	 * @param args how many; the address to listen at
	 */
	public static void main(String[] args) throws Exception {
		FinagleServersMain main = new FinagleServersMain();
		StringBuilder ready = new StringBuilder("READY");
		for (int i = 0; i < Integer.parseInt(args[0]); i++) {
			ready.append(' ').append(main.add(args[1]));
		}
		Commands.run(ready.toString(), main::answer);
	}

	private int add(String host) {
		PeerServer server = new PeerServer(ThriftMux.server().withStatsReceiver(NullStatsReceiver.get())::serve);
		this.servers.add(server);
		return server.open(host, 0);
	}

	private Object answer(String command, String rest) throws Exception {
		if (command.equals("calls")) {
			return all(PeerHandler::calls);
		}
		if (command.equals("interrupts")) {
			return all((handler) -> handler.delayed().interrupts());
		}
		String[] words = rest.split(" ", 2);
		return this.servers.get(Integer.parseInt(command)).answer(words[0], (words.length > 1) ? words[1] : "");
	}

	private String all(ToLongFunction<PeerHandler> figure) {
		return this.servers.stream()
			.map((server) -> Long.toString(figure.applyAsLong(server.handler())))
			.collect(Collectors.joining(" "));
	}

}
