package io.scalesrpc.spring.etcd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.testing.FreePorts;

/**
 * A real etcd in a process of its own, on free ports, with its data where the test says.
 * <em>Confined to the test's thread</em>.
 */
final class EtcdServer implements AutoCloseable {

	static final Path BINARY = Path.of("/usr/bin/etcd");

	private final Path data;

	private final int port = FreePorts.next();

	private final int peerPort = FreePorts.next();

	private Process process;

	EtcdServer(Path data) throws IOException {
		this.data = data;
		start();
	}

	void start() throws IOException {
		String client = "http://127.0.0.1:" + this.port;
		String peer = "http://127.0.0.1:" + this.peerPort;
		this.process = new ProcessBuilder(BINARY.toString(), "--data-dir", this.data.toString(), "--listen-client-urls",
				client, "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls",
				peer, "--initial-cluster", "default=" + peer)
			.redirectErrorStream(true)
			.redirectOutput(this.data.resolveSibling("etcd.log").toFile())
			.start();
		Await.until(() -> {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 100);
				return true;
			}
		});
	}

	String address() {
		return "127.0.0.1:" + this.port;
	}

	void stop() {
		this.process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		stop();
	}

}
