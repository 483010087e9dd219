package io.scalesrpc.benchmark.scales;

import io.scalesrpc.benchmark.load.Server;
import io.scalesrpc.benchmark.thrift.EchoService;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;

/**
 * Scales' server, its handlers on threads where they may block or on the event loop.
 * <em>Stateless</em>.
 */
public final class ThriftServers {

	private ThriftServers() {
	}

	/**
	 * Runs a server.
	 * @param args its name
	 */
	public static void main(String[] args) throws Exception {
		EchoService.Iface echo = (text) -> text;
		ThriftMuxServerBuilder builder = ThriftMuxServer.builder().service(EchoService.class, echo);
		if (args[0].equals("scales-event-loop")) {
			builder.executor(Runnable::run);
		}
		Server.run("mux=" + builder.build().start().port());
	}

}
