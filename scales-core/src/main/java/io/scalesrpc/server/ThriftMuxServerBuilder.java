package io.scalesrpc.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.scalesrpc.call.Checks;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.observation.ServerObservations;
import io.scalesrpc.server.announcement.AnnouncementSettings;
import io.scalesrpc.server.announcement.Presence;
import io.scalesrpc.server.limit.MemoryLimits;
import io.scalesrpc.server.limit.ServerThreads;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.TlsServer;
import io.scalesrpc.transport.TlsServerSettings;
import io.scalesrpc.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link ThriftMuxServer}. <em>Confined to the thread</em>
 * that builds.
 */
public final class ThriftMuxServerBuilder {

	private final List<Service> services = new ArrayList<>();

	private InetSocketAddress address = new InetSocketAddress("localhost", 0);

	private ServerProtocol protocol = ServerProtocol.THRIFTMUX;

	private ThriftEncoding encoding = ThriftEncoding.BINARY;

	private ServerInterceptor interceptor = ServerInterceptor.NONE;

	private ServerLimits limits = ServerLimits.DEFAULT;

	private AnnouncementSettings announcement = AnnouncementSettings.DEFAULT;

	private @Nullable Executor executor;

	private @Nullable EventLoops eventLoops;

	private Transport transport = Transport.AUTO;

	private @Nullable ServerObservations observations;

	private ServerTls tls = ServerTls.NONE;

	ThriftMuxServerBuilder() {
	}

	/**
	 * The host name or address to listen on. The default, {@code localhost}, is reached
	 * from this machine only; {@code 0.0.0.0} listens on all addresses.
	 * @param host resolved at once
	 * @return this builder
	 */
	public ThriftMuxServerBuilder host(String host) {
		return address(new InetSocketAddress(host, this.address.getPort()));
	}

	/**
	 * The port to listen on.
	 * @param port from 0 to 65535; 0, the default, lets the system choose
	 * @return this builder
	 */
	public ThriftMuxServerBuilder port(int port) {
		return address(new InetSocketAddress(this.address.getHostString(), port));
	}

	/**
	 * Host and port to listen on.
	 * @param address the address
	 * @return this builder
	 */
	public ThriftMuxServerBuilder address(InetSocketAddress address) {
		this.address = address;
		return this;
	}

	/**
	 * Adds a service for clients without Thrift's multiplexed protocol.
	 * @param service the generated class of the service
	 * @param handler implements its {@code Iface}; called by many threads at once
	 * @return this builder
	 */
	public ThriftMuxServerBuilder service(Class<?> service, Object handler) {
		this.services.add(new Service(null, service, handler));
		return this;
	}

	/**
	 * Adds a service for clients with Thrift's multiplexed protocol.
	 * @param name the name they call it by
	 * @param service the generated class of the service
	 * @param handler implements its {@code Iface}; called by many threads at once
	 * @return this builder
	 */
	public ThriftMuxServerBuilder service(String name, Class<?> service, Object handler) {
		this.services.add(new Service(name, service, handler));
		return this;
	}

	/**
	 * What clients speak; {@link ServerProtocol#THRIFTMUX} by default.
	 * @param protocol the protocol
	 * @return this builder
	 */
	public ThriftMuxServerBuilder protocol(ServerProtocol protocol) {
		this.protocol = protocol;
		return this;
	}

	/**
	 * The encoding of requests and replies; {@link ThriftEncoding#BINARY} by default, the
	 * only one that Finagle's ThriftMux speaks.
	 * @param encoding the encoding
	 * @return this builder
	 */
	public ThriftMuxServerBuilder encoding(ThriftEncoding encoding) {
		this.encoding = encoding;
		return this;
	}

	/**
	 * Where handlers run; by default on daemon threads of the server, one for each call
	 * that runs: none waits for another to return. A call that the executor rejects is
	 * nacked. The executor is not closed with the server, and must run every task it has
	 * taken.
	 * <p>
	 * {@code Runnable::run} has handlers run on the event loop, which spares a hand-over
	 * and is for those that never wait for anything: while one runs, no other call of the
	 * connection and of its neighbours goes on, and nothing interrupts it.
	 * @param executor runs the calls
	 * @return this builder
	 */
	public ThriftMuxServerBuilder executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	/**
	 * The event loops of the connections; by default the server's own, closed with it.
	 * @param eventLoops event loops, to be closed by the caller after the server
	 * @return this builder
	 */
	public ThriftMuxServerBuilder eventLoops(EventLoops eventLoops) {
		this.eventLoops = eventLoops;
		return this;
	}

	/**
	 * What moves the bytes of the connections, on event loops of the server's own;
	 * {@link Transport#AUTO} by default. Not beside {@link #eventLoops}, which have one.
	 * @param transport the transport
	 * @return this builder
	 */
	public ThriftMuxServerBuilder transport(Transport transport) {
		this.transport = transport;
		return this;
	}

	/**
	 * Speaks TLS with every client, from the first byte unless {@link #opportunisticTls}
	 * says that it is to be agreed upon; by default with none.
	 * @param settings the certificate, and which clients may connect
	 * @return this builder
	 * @throws IllegalArgumentException if what TLS is made of cannot be used
	 */
	public ThriftMuxServerBuilder tls(TlsServerSettings settings) {
		this.tls = new ServerTls(new TlsServer(settings), this.tls.level());
		return this;
	}

	/**
	 * Agrees with each client on TLS once both have said what they want, as Finagle's
	 * opportunistic TLS does. {@link OpportunisticTls#OFF} by default. Clients that must
	 * have TLS, or that this server must have it with, and that do not agree are told so
	 * and their connections are closed.
	 * @param level other than {@code OFF} with {@link #tls} only
	 * @return this builder
	 */
	public ThriftMuxServerBuilder opportunisticTls(OpportunisticTls level) {
		this.tls = new ServerTls(this.tls.tls(), level);
		return this;
	}

	/**
	 * Stands around every call; none by default.
	 * @param interceptor replaces the one before
	 * @return this builder
	 */
	public ThriftMuxServerBuilder interceptor(ServerInterceptor interceptor) {
		this.interceptor = interceptor;
		return this;
	}

	/**
	 * Says who keeps a trace of the calls, around the interceptor and the handlers, which
	 * are then a part of the trace that the client sent; nobody by default.
	 * @param observations who is told
	 * @return this builder
	 */
	public ThriftMuxServerBuilder observations(ServerObservations observations) {
		this.observations = observations;
		return this;
	}

	/**
	 * What is made of the deadlines that clients send; {@link DeadlinePolicy#ENFORCE} by
	 * default: no work is begun or goes on after the time that a client gave.
	 * @param policy the policy
	 * @return this builder
	 */
	public ThriftMuxServerBuilder deadlines(DeadlinePolicy policy) {
		this.limits = this.limits.withDeadlines(policy);
		return this;
	}

	/**
	 * How many calls may wait or run at a time, cancelled ones whose handler goes on
	 * included; more are nacked, flagged as safe to send again. 256 by default. Each
	 * connection has its share ({@link ConnectionLimits#maxCalls}).
	 * @param calls at least 1
	 * @return this builder
	 */
	public ThriftMuxServerBuilder maxConcurrentCalls(int calls) {
		this.limits = this.limits.withMaxConcurrentCalls(calls);
		return this;
	}

	/**
	 * The largest request, in one piece or put together, 16 MiB by default; a larger one
	 * is refused with status ERROR, not to be sent again. Requests that no handler has
	 * read yet may add up to four times as much, and so may those of one connection that
	 * are still coming in; more are nacked.
	 * @param bytes from 1024 to 2147483642
	 * @return this builder
	 */
	public ThriftMuxServerBuilder maxFrameBytes(int bytes) {
		return memory(this.limits.memory().withMaxFrameBytes(bytes));
	}

	/**
	 * The largest piece of a request that clients are asked to send, so that pieces of
	 * several requests can take turns; 256 KiB by default. The pieces of replies follow
	 * the wish of the client.
	 * @param bytes at least 1
	 * @return this builder
	 */
	public ThriftMuxServerBuilder maxFragmentBytes(int bytes) {
		return memory(this.limits.memory().withMaxFragmentBytes(bytes));
	}

	/**
	 * How many bytes may wait in a connection for the client to read them before the
	 * server stops reading from that connection, until half of them are gone; 1 MiB by
	 * default.
	 * @param bytes at least 1024
	 * @return this builder
	 */
	public ThriftMuxServerBuilder maxWriteQueueBytes(int bytes) {
		return memory(this.limits.memory().withMaxWriteQueueBytes(bytes));
	}

	/**
	 * The most bytes of requests that are still coming in, of all connections together;
	 * 256 MiB by default, or a quarter of the heap if that is less. The request that
	 * passes it is dropped and nacked, flagged as safe to send again.
	 * @param bytes at least 1024
	 * @return this builder
	 */
	public ThriftMuxServerBuilder maxUnfinishedBytes(long bytes) {
		return memory(this.limits.memory().withMaxUnfinishedBytes(bytes));
	}

	/**
	 * The most bytes of replies that clients have not read, of all connections together;
	 * 256 MiB by default, or a quarter of the heap if that is less. One connection has at
	 * most four times {@link #maxFrameBytes} of it. In place of a reply that passes
	 * either, an error that must not be sent again says so. Replies up to 16 KiB are not
	 * counted.
	 * @param bytes at least 1024
	 * @return this builder
	 */
	public ThriftMuxServerBuilder maxUnreadBytes(long bytes) {
		return memory(this.limits.memory().withMaxUnreadBytes(bytes));
	}

	/**
	 * How many connections the server has, how long they last, and which share of the
	 * calls each has; {@link ConnectionLimits#DEFAULT} by default.
	 * @param limits the limits
	 * @return this builder
	 */
	public ThriftMuxServerBuilder connections(ConnectionLimits limits) {
		this.limits = this.limits.withConnections(limits);
		return this;
	}

	private ThriftMuxServerBuilder memory(MemoryLimits memory) {
		this.limits = this.limits.withMemory(memory);
		return this;
	}

	/**
	 * Announces the server in a server set once it listens, and withdraws it before it
	 * drains. A registry that does not answer delays neither start nor calls: the server
	 * is announced when it does, and again when the registry has forgotten it.
	 * @param uri the set, for example {@code zk://zk1:2181,zk2:2181/services/prices};
	 * replaces the one before
	 * @return this builder
	 * @throws IllegalArgumentException if it is not a URI of a server set
	 */
	public ThriftMuxServerBuilder announce(String uri) {
		this.announcement = this.announcement.withUri(uri);
		return this;
	}

	/**
	 * The address to announce; by default the one the server listens on, or an address of
	 * this machine if it listens on all.
	 * @param host where clients reach the server
	 * @param port from 1 to 65535
	 * @return this builder
	 */
	public ThriftMuxServerBuilder announceAs(String host, int port) {
		return announceAs(Member.of(host, port));
	}

	/**
	 * The address to announce, with weight and metadata.
	 * @param member what the set shall tell
	 * @return this builder
	 */
	public ThriftMuxServerBuilder announceAs(Member member) {
		this.announcement = this.announcement.withMember(member);
		return this;
	}

	/**
	 * Tells where the server stands in what is announced, whatever its address.
	 * @param zone such as an availability zone; comes before that of
	 * {@link #announceAs(Member)}
	 * @return this builder
	 */
	public ThriftMuxServerBuilder announceZone(String zone) {
		this.announcement = this.announcement.withZone(zone);
		return this;
	}

	/**
	 * How long a server that closes goes on as before after it was withdrawn, so that
	 * clients hear of it first; 1 second by default. Without an announcement there is
	 * nothing to wait for.
	 * @param delay from zero to a day
	 * @return this builder
	 */
	public ThriftMuxServerBuilder leaveDelay(Duration delay) {
		this.announcement = this.announcement.withLeaveDelay(delay);
		return this;
	}

	/**
	 * Adds a scheme for {@link #announce}, before those that are found.
	 * @param provider the provider
	 * @return this builder
	 */
	public ThriftMuxServerBuilder serverSetProvider(ServerSetProvider provider) {
		this.announcement = this.announcement.withProvider(provider);
		return this;
	}

	/**
	 * Makes the server, which does not listen yet.
	 * @return a server to be started, and closed
	 * @throws IllegalArgumentException if a handler does not implement its service, two
	 * services have a method of one name, nobody knows the scheme of the announcement, or
	 * this system does not have the transport
	 * @throws IllegalStateException if there is no service, or opportunistic TLS without
	 * anything to speak TLS with or with plain Thrift
	 */
	public ThriftMuxServer build() {
		if (this.services.isEmpty()) {
			throw new IllegalStateException("services: 0 (expected: at least 1)");
		}
		this.tls.requireComplete(this.protocol);
		Checks.require(this.eventLoops == null || this.transport == Transport.AUTO, "transport", this.transport,
				"none beside event loops, which have one");
		ThriftRequestHandler handler = handler();
		Presence presence = new Presence(this.announcement);
		ServerThreads threads = new ServerThreads(this.eventLoops, this.transport, this.executor);
		CallEngine engine = new CallEngine(this.protocol, handler, observed(), threads.executor(),
				this.limits.limiter(), new ServerStats(),
				new Deadlines(this.limits.deadlines(), Ticker.SYSTEM, InstantSource.system()));
		SessionContext context = new SessionContext(engine, this.limits.of(this.protocol), this.tls);
		return new ThriftMuxServer(this.address, this.protocol, context, threads, presence);
	}

	private ServerInterceptor observed() {
		return (this.observations != null) ? new ObservingInterceptor(this.observations, this.interceptor)
				: this.interceptor;
	}

	private ThriftRequestHandler handler() {
		ThriftCodec codec = new ThriftCodec(this.encoding, this.limits.memory().maxFrameBytes(),
				ThriftCodec.DEFAULT_MAX_DEPTH)
			.forServers();
		ThriftRequestHandler.Builder handler = ThriftRequestHandler.builder(codec);
		this.services.forEach((service) -> handler.service(service.name, service.type, service.handler));
		return handler.build();
	}

	/**
	 * A service to be served. <em>Immutable</em>.
	 *
	 * @param name its name for the multiplexed protocol, or {@code null} for none
	 * @param type the generated class
	 * @param handler does the work
	 */
	private record Service(@Nullable String name, Class<?> type, Object handler) {
	}

}
