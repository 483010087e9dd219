package io.scalesrpc.thrift.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.thrift.PatientPeer;
import io.scalesrpc.thrift.RawMessage;
import io.scalesrpc.thrift.ThriftEncoding;
import org.apache.thrift.TProcessor;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.server.ServerContext;
import org.apache.thrift.server.THsHaServer;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TServerEventHandler;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.server.TThreadedSelectorServer;
import org.apache.thrift.transport.TNonblockingServerSocket;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;
import org.apache.thrift.transport.TTransportFactory;
import org.apache.thrift.transport.layered.TFramedTransport;

/**
 * A server of libthrift with the peer service. <em>Thread-safe</em>.
 */
final class LibthriftServer implements AutoCloseable {

	/** The servers of libthrift. */
	enum Kind {

		THREADED_SELECTOR, HS_HA, THREAD_POOL

	}

	final PatientPeer peer = new PatientPeer();

	private final AtomicInteger accepted = new AtomicInteger();

	private final int port;

	private final TServer server;

	private final Thread thread;

	LibthriftServer(Kind kind, ThriftTransport transport, ThriftEncoding encoding) throws Exception {
		this(kind, transport, encoding, PeerService.Processor::new);
	}

	/**
	 * Starts a server.
	 * @param processor makes what serves the calls of the peer
	 */
	LibthriftServer(Kind kind, ThriftTransport transport, ThriftEncoding encoding,
			Function<PatientPeer, TProcessor> processor) throws Exception {
		this.port = FreePorts.next();
		this.server = server(kind, transport, encoding, processor.apply(this.peer));
		this.server.setServerEventHandler(new Connections());
		this.thread = new Thread(this.server::serve, "libthrift-server");
		this.thread.start();
	}

	int port() {
		return this.port;
	}

	/** How many connections there were. */
	int accepted() {
		return this.accepted.get();
	}

	private TServer server(Kind kind, ThriftTransport transport, ThriftEncoding encoding, TProcessor processor)
			throws TTransportException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
		return switch (kind) {
			case THREADED_SELECTOR -> new TThreadedSelectorServer(
					new TThreadedSelectorServer.Args(new TNonblockingServerSocket(address)).selectorThreads(1)
						.workerThreads(8)
						.protocolFactory(protocol(encoding))
						.processor(processor));
			case HS_HA ->
				new THsHaServer(new THsHaServer.Args(new TNonblockingServerSocket(address)).maxWorkerThreads(8)
					.minWorkerThreads(8)
					.protocolFactory(protocol(encoding))
					.processor(processor));
			case THREAD_POOL -> new TThreadPoolServer(new TThreadPoolServer.Args(new TServerSocket(address))
				.transportFactory((transport == ThriftTransport.FRAMED) ? new TFramedTransport.Factory()
						: new TTransportFactory())
				.stopTimeoutVal(5)
				.stopTimeoutUnit(TimeUnit.SECONDS)
				.protocolFactory(protocol(encoding))
				.processor(processor));
		};
	}

	private static TProtocolFactory protocol(ThriftEncoding encoding) {
		return (channel) -> RawMessage.libthrift(encoding, channel);
	}

	@Override
	public void close() {
		this.server.stop();
		try {
			this.thread.join(10_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Counts connections. <em>Thread-safe</em>. */
	private final class Connections implements TServerEventHandler {

		@Override
		public void preServe() {
		}

		@Override
		public ServerContext createContext(TProtocol input, TProtocol output) {
			LibthriftServer.this.accepted.incrementAndGet();
			return new ServerContext() {

				@Override
				public <T> T unwrap(Class<T> type) {
					throw new UnsupportedOperationException();
				}

				@Override
				public boolean isWrapperFor(Class<?> type) {
					return false;
				}

			};
		}

		@Override
		public void deleteContext(ServerContext context, TProtocol input, TProtocol output) {
		}

		@Override
		public void processContext(ServerContext context, TTransport input, TTransport output) {
		}

	}

}
