package io.scalesrpc.discovery.dns.query;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;

/**
 * Asks real name servers, over UDP and, for what does not fit, over TCP. Uses single
 * queries of Netty's resolver because its look-ups do not tell the TTL of aliases.
 * <em>Confined to its event loop</em>.
 */
public final class NameServers implements NameResolver, AutoCloseable {

	/** Passes every network in one piece (DNS flag day 2020); beyond it TCP serves. */
	private static final int DATAGRAM_BYTES = 1232;

	private final EventLoop loop;

	private final Supplier<ResolvConf> conf;

	/** Of the time when the first question is asked. */
	private final DnsNameResolver resolver;

	/** For servers that do not know EDNS (RFC 6891). */
	private final DnsNameResolver plain;

	/** Where the next question begins, if they begin with one server after the other. */
	private int turn;

	private boolean closed;

	/**
	 * Opens nothing yet.
	 * @param loop runs everything
	 * @param conf tells whom to ask and how, for each question anew; the time that a
	 * server has is that of now
	 * @param turn where the first question begins, if they begin with one server after
	 * the other; zero or more
	 */
	public NameServers(EventLoop loop, Supplier<ResolvConf> conf, int turn) {
		this.loop = loop;
		this.conf = conf;
		this.turn = turn;
		ResolvConf now = conf.get();
		this.resolver = resolver(loop, now, true);
		this.plain = resolver(loop, now, false);
	}

	private static DnsNameResolver resolver(EventLoop loop, ResolvConf conf, boolean edns) {
		// A socket, and so a port, of its own for each query makes false answers harder.
		return new DnsNameResolverBuilder(loop).datagramChannelType(NioDatagramChannel.class)
			.socketChannelType(NioSocketChannel.class)
			.datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
			.nameServerProvider(new SequentialDnsServerAddressStreamProvider(conf.servers()))
			.queryTimeoutMillis(conf.timeout().toMillis())
			.maxPayloadSize(DATAGRAM_BYTES)
			.optResourceEnabled(edns)
			.searchDomains(List.of())
			.build();
	}

	@Override
	public void ask(String name, DnsRecordType type, Consumer<Reply> then) {
		assert this.loop.inEventLoop();
		ResolvConf now = this.conf.get();
		int first = now.rotate() ? this.turn++ & Integer.MAX_VALUE : 0;
		new NameQuery(this, now, first, new DefaultDnsQuestion(name, type), then).ask();
	}

	Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> send(InetSocketAddress server, DnsQuestion question,
			boolean edns) {
		return (edns ? this.resolver : this.plain).query(server, question);
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
		if (usable != ResolvedAddressTypes.IPV4_ONLY && this.conf.get().ipv6()) {
			types.add(DnsRecordType.AAAA);
		}
		return types;
	}

	@Override
	public void close() {
		assert this.loop.inEventLoop();
		this.closed = true;
		this.resolver.close();
		this.plain.close();
	}

}
