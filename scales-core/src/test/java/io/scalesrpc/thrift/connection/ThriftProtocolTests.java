package io.scalesrpc.thrift.connection;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.ProtocolContract;
import io.scalesrpc.testing.UnrulyServer;

class ThriftProtocolTests extends ProtocolContract<ThriftProtocolTests.Echo> {

	/** A free-form interface. */
	interface Echo {

		String echo(String text);

		CompletableFuture<String> echoAsync(String text);

	}

	@Override
	protected UnrulyServer start() throws IOException {
		return new Server();
	}

	@Override
	protected ClientBuilder<Echo> client(String uri) {
		return ScalesClients.builder(Echo.class).service(PeerService.class).protocol("thrift").uri(uri);
	}

	@Override
	protected CompletableFuture<?> callAsync(Echo client, String text) {
		return client.echoAsync(text);
	}

	@Override
	protected Object call(Echo client, String text) {
		return client.echo(text);
	}

	/** Echoes, or does not. <em>Thread-safe</em>. */
	private static final class Server implements UnrulyServer {

		private final AtomicInteger requests = new AtomicInteger();

		private final RawServer server = new RawServer(this::serve);

		private volatile Manner manner = Manner.ANSWER;

		Server() throws IOException {
		}

		private void serve(RawServer.Peer peer) throws IOException {
			while (true) {
				RawServer.Request request = peer.next();
				this.requests.incrementAndGet();
				if (this.manner == Manner.ANSWER) {
					peer.send(request.frame());
				}
			}
		}

		@Override
		public String uri() {
			return "tcp://127.0.0.1:" + this.server.port();
		}

		@Override
		public void treat(Manner next) {
			this.manner = next;
		}

		@Override
		public int requests() {
			return this.requests.get();
		}

		@Override
		public int open() {
			return this.server.open();
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
