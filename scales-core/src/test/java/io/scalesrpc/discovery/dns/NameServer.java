package io.scalesrpc.discovery.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * A DNS server on a port of the loopback address, UDP and TCP, that answers as a test
 * says. <em>Thread-safe</em>.
 */
public final class NameServer implements AutoCloseable {

	/**
	 * Every question in its order, as {@code "A orders."}, over TCP
	 * {@code "TCP A orders."}.
	 */
	public final List<String> asked = new CopyOnWriteArrayList<>();

	/** What is answered; may be changed at any time. */
	public volatile Script script = (question, response, tcp) -> true;

	/** Datagrams to send before an answer, by the id of the query. */
	public volatile IntFunction<List<byte[]>> noise = (id) -> List.of();

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("test-dns", true),
			NioIoHandler.newFactory());

	private final InetSocketAddress address;

	private final Channel tcp;

	/** Of the event loop. */
	private boolean edns;

	public NameServer() {
		this(Ports.unused());
	}

	NameServer(InetSocketAddress listening) {
		this.tcp = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), new Tcp());
				}

			})
			.bind(listening)
			.syncUninterruptibly()
			.channel();
		this.address = (InetSocketAddress) this.tcp.localAddress();
		new Bootstrap().group(this.loops).channel(NioDatagramChannel.class).handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Udp());
			}

		}).bind(this.address).syncUninterruptibly();
	}

	/** Whether the question at hand came with EDNS; for scripts. */
	public boolean hasEdns() {
		return this.edns;
	}

	public InetSocketAddress address() {
		return this.address;
	}

	/** The address as an authority of a URI. */
	public String authority() {
		return "127.0.0.1:" + this.address.getPort();
	}

	public void refuseTcp() {
		this.tcp.close().syncUninterruptibly();
	}

	@Override
	public void close() {
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private boolean answer(DnsQuery query, DnsResponse response, boolean tcp) {
		DnsQuestion question = query.recordAt(DnsSection.QUESTION);
		this.asked.add((tcp ? "TCP " : "") + question.type().name() + " " + question.name());
		this.edns = query.count(DnsSection.ADDITIONAL) > 0;
		response.setRecursionAvailable(true);
		response.addRecord(DnsSection.QUESTION,
				new DefaultDnsQuestion(question.name(), question.type(), question.dnsClass()));
		return this.script.answer(question, response, tcp);
	}

	public static DnsRawRecord a(String name, long ttl, String address) {
		try {
			byte[] bytes = InetAddress.getByName(address).getAddress();
			return raw(name, (bytes.length == 4) ? DnsRecordType.A : DnsRecordType.AAAA, ttl, bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	public static DnsRawRecord cname(String name, long ttl, String target) {
		return new DefaultDnsRawRecord(name, DnsRecordType.CNAME, ttl, name(Unpooled.buffer(), target));
	}

	public static DnsRawRecord srv(String name, long ttl, int priority, int weight, int port, String target) {
		ByteBuf content = Unpooled.buffer().writeShort(priority).writeShort(weight).writeShort(port);
		return new DefaultDnsRawRecord(name, DnsRecordType.SRV, ttl, name(content, target));
	}

	public static DnsRawRecord raw(String name, DnsRecordType type, long ttl, byte... content) {
		return new DefaultDnsRawRecord(name, type, ttl, Unpooled.wrappedBuffer(content));
	}

	private static ByteBuf name(ByteBuf content, String name) {
		for (String label : name.split("\\.")) {
			content.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
		}
		return content.writeByte(0);
	}

	/** What to answer. */
	@FunctionalInterface
	public interface Script {

		/**
		 * Fills an answer, which holds the question already.
		 * @return {@code false} for no answer at all
		 */
		boolean answer(DnsQuestion question, DnsResponse response, boolean tcp);

	}

	/** Answers datagrams. */
	private final class Udp extends SimpleChannelInboundHandler<DatagramDnsQuery> {

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
			for (byte[] bytes : NameServer.this.noise.apply(query.id())) {
				ctx.pipeline()
					.firstContext()
					.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), query.sender()));
			}
			DatagramDnsResponse response = new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
			if (answer(query, response, false)) {
				ctx.writeAndFlush(response);
			}
			else {
				response.release();
			}
		}

	}

	/** Answers on connections. */
	private final class Tcp extends SimpleChannelInboundHandler<DnsQuery> {

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
			DnsResponse response = new DefaultDnsResponse(query.id());
			if (answer(query, response, true)) {
				ctx.writeAndFlush(response);
			}
			else {
				response.release();
				ctx.close();
			}
		}

	}

}
