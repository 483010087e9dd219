package io.scalesrpc.benchmark.libthrift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

import io.scalesrpc.benchmark.load.AsyncEchoClient;
import io.scalesrpc.benchmark.load.BlockingEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import io.scalesrpc.benchmark.thrift.EchoService;
import org.apache.thrift.TException;
import org.apache.thrift.async.AsyncMethodCallback;
import org.apache.thrift.async.TAsyncClientManager;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TNonblockingSocket;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.jspecify.annotations.Nullable;

/**
 * The two clients of libthrift, over framed Thrift: a connection takes one call at a
 * time, so there are as many connections as calls. <em>Stateless</em>.
 */
public final class LibthriftClients {

	private static final int TIMEOUT_MILLIS = 10_000;

	private LibthriftClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, LibthriftClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) throws IOException {
		return switch (name) {
			case "libthrift-blocking" -> new Blocking(port);
			case "libthrift-async" -> new Async(port);
			default -> throw Client.unknown(name);
		};
	}

	/** A connection for each thread. <em>Thread-safe</em>. */
	private static final class Blocking implements BlockingEchoClient {

		private final ThreadLocal<EchoService.Client> clients;

		Blocking(int port) {
			this.clients = ThreadLocal.withInitial(() -> connect(port));
		}

		private static EchoService.Client connect(int port) {
			try {
				TFramedTransport transport = new TFramedTransport(new TSocket("localhost", port, TIMEOUT_MILLIS));
				transport.open();
				return new EchoService.Client(new TBinaryProtocol(transport));
			}
			catch (TTransportException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public String echo(String text) throws TException {
			return this.clients.get().echo(text);
		}

	}

	/** A client for each call at a time. <em>Thread-safe</em>. */
	private static final class Async implements AsyncEchoClient {

		private final Queue<EchoService.AsyncClient> idle = new ConcurrentLinkedQueue<>();

		private final EchoService.AsyncClient.Factory factory;

		private final int port;

		Async(int port) throws IOException {
			this.factory = new EchoService.AsyncClient.Factory(new TAsyncClientManager(),
					new TBinaryProtocol.Factory());
			this.port = port;
		}

		@Override
		public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
			EchoService.AsyncClient free = this.idle.poll();
			EchoService.AsyncClient client = (free != null) ? free : connect();
			try {
				client.echo(text, new AsyncMethodCallback<>() {
					@Override
					public void onComplete(String answer) {
						Async.this.idle.add(client);
						done.accept(answer, null);
					}

					@Override
					public void onError(Exception ex) {
						done.accept(null, ex);
					}
				});
			}
			catch (TException ex) {
				done.accept(null, ex);
			}
		}

		private EchoService.AsyncClient connect() {
			try {
				EchoService.AsyncClient client = this.factory
					.getAsyncClient(new TNonblockingSocket("localhost", this.port));
				client.setTimeout(TIMEOUT_MILLIS);
				return client;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (TTransportException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
