package io.scalesrpc.benchmark;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;

import com.sun.management.ThreadMXBean;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.test.peer.PeerService;

/**
 * A ThriftMux server that answers {@code echo}, as applications have one. For each byte of its input it says how many bytes
 * its threads have allocated. Ends with its input. <em>Stateless</em>.
 */
public final class EchoServerMain {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private EchoServerMain() {
	}

	/**
	 * Serves until the input ends.
	 * @param args the port; {@code pool} for a pool that hands each call over to a thread, in place of the server's own
	 */
	public static void main(String[] args) throws Exception {
		ThriftMuxServerBuilder builder = ThriftMuxServer.builder()
			.port(Integer.parseInt(args[0]))
			.service(PeerService.class, new EchoHandler().proxy());
		if (args.length > 1) {
			builder.executor(Executors.newCachedThreadPool());
		}
		ThriftMuxServer server = builder.build().start();
		System.out.println("READY " + server.port());
		while (System.in.read() >= 0) {
			long sum = 0;
			for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
				sum += Math.max(0, bytes);
			}
			System.out.println(sum);
		}
		System.exit(0);
	}

}
