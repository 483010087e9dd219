package io.scalesrpc.finagle.peer;

import java.util.Map;

import com.twitter.finagle.Mux$param$MaxFrameSize;
import com.twitter.finagle.Thrift;
import com.twitter.finagle.ThriftMux;
import com.twitter.util.StorageUnit;
import io.scalesrpc.finagle.load.Commands;
import io.scalesrpc.finagle.load.Json;

/**
 * Finagle's ThriftMux or Thrift server with the peer service, driven by lines on its
 * input, each answered with one line: <pre>
 * close MILLIS                  drains and then closes, by force after so long; answers at once
 * closed                        answers when that is over
 * open PORT                     listens again: OK PORT
 * mode serve|nack|final-nack|error|mux-error
 * delay METHOD MIN-MAX SEED [PERCENT]    delays the answers of a method, or some of them, by so many milliseconds
 * delayed                       answers when a call that takes time has come, once for each of them
 * fired                         what the last oneway call brought
 * stats                         Finagle's counters and gauges, handler/calls and handler/interrupts, as JSON
 * quit
 * </pre> <em>Confined to the main thread</em>.
 */
public final class FinagleServerMain {

	private final PeerStats stats = new PeerStats();

	private final PeerServer server;

	private FinagleServerMain(String[] args) {
		this.server = args[1].equals("thrift") ? thrift() : new PeerServer(encrypted(thriftMux(args), args)::serve);
	}

	private PeerServer thrift() {
		return new PeerServer(Thrift.server().withStatsReceiver(this.stats)::serve);
	}

	private ThriftMux.Server thriftMux(String[] args) {
		return ThriftMux.server()
			.withStatsReceiver(this.stats)
			.configured(new Mux$param$MaxFrameSize(StorageUnit.fromBytes(Long.parseLong(args[1]))).mk());
	}

	private static ThriftMux.Server encrypted(ThriftMux.Server server, String[] args) {
		return (args.length > 2) ? new PeerTls(args[2], args[3]).of(server) : server;
	}

	/**
	 * Runs the server until its input ends. Says {@code READY <port>} when it listens.
	 * @param args the port, or 0; the largest fragment it takes, in bytes, or
	 * {@code thrift} for framed Thrift without mux; for TLS its level and where the
	 * certificates are, as {@link PeerTls} has them
	 */
	public static void main(String[] args) throws Exception {
		FinagleServerMain main = new FinagleServerMain(args);
		Commands.run("READY " + main.server.open("localhost", Integer.parseInt(args[0])), main::answer);
	}

	private Object answer(String command, String rest) throws Exception {
		return command.equals("stats") ? stats() : this.server.answer(command, rest);
	}

	private String stats() {
		Map<String, Long> values = this.stats.values();
		values.put("handler/calls", this.server.handler().calls());
		values.put("handler/interrupts", this.server.handler().delayed().interrupts());
		return Json.of(values);
	}

}
