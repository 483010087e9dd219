package io.scalesrpc.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;

/**
 * Asks real name servers, over UDP and, for what does not fit, over TCP. Uses single
 * queries of Netty's resolver because its look-ups do not tell the TTL of aliases.
 * <em>Confined to its event loop</em>.
 */
final class NameServers implements NameResolver, AutoCloseable {

	/** How long one server has for one answer. */
	static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);

	/** As many as the resolver of glibc asks ({@code MAXNS}), and as often. */
	private static final int MOST_SERVERS = 3;

	private static final int ROUNDS = 2;

	/** Passes every network in one piece (DNS flag day 2020); beyond it TCP serves. */
	private static final int DATAGRAM_BYTES = 1232;

	private final EventLoop loop;

	private final DnsServerAddressStreamProvider servers;

	private final DnsNameResolver resolver;

	private boolean closed;

	/**
	 * Opens nothing yet.
	 * @param loop runs everything
	 * @param servers whom to ask
	 * @param timeout how long one server has for one answer
	 */
	NameServers(EventLoop loop, DnsServerAddressStreamProvider servers, Duration timeout) {
		this.loop = loop;
		this.servers = servers;
		// A socket, and so a port, of its own for each query makes false answers harder.
		this.resolver = new DnsNameResolverBuilder(loop).datagramChannelType(NioDatagramChannel.class)
			.socketChannelType(NioSocketChannel.class)
			.datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
			.nameServerProvider(servers)
			.queryTimeoutMillis(timeout.toMillis())
			.maxPayloadSize(DATAGRAM_BYTES)
			.searchDomains(List.of())
			.build();
	}

	@Override
	public void ask(String name, DnsRecordType type, Consumer<Reply> then) {
		assert this.loop.inEventLoop();
		DnsServerAddressStream stream = this.servers.nameServerAddressStream(name);
		int tries = Math.min(stream.size(), MOST_SERVERS) * ROUNDS;
		new NameQuery(this, stream, name, type, then).ask(tries);
	}

	Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> send(InetSocketAddress server, DnsQuestion question) {
		return this.resolver.query(server, question);
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public List<DnsRecordType> addressTypes() {
		ResolvedAddressTypes usable = this.resolver.resolvedAddressTypes();
		List<DnsRecordType> types = new ArrayList<>();
		if (usable != ResolvedAddressTypes.IPV6_ONLY) {
			types.add(DnsRecordType.A);
		}
		if (usable != ResolvedAddressTypes.IPV4_ONLY) {
			types.add(DnsRecordType.AAAA);
		}
		return types;
	}

	@Override
	public void close() {
		assert this.loop.inEventLoop();
		this.closed = true;
		this.resolver.close();
	}

}
