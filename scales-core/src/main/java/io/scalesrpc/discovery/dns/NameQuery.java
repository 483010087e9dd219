package io.scalesrpc.discovery.dns;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

import io.netty.channel.AddressedEnvelope;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;

/**
 * One question, put to one server after the other until one of them tells something of
 * use. Follows aliases that a server left for us to follow. <em>Confined to the event
 * loop of its name servers</em>.
 */
final class NameQuery {

	private static final int MOST_ALIASES = 8;

	private final NameServers nameServers;

	private final DnsServerAddressStream stream;

	private final DnsRecordType type;

	private final Consumer<Reply> then;

	private String name;

	private int tries;

	private int aliases;

	/** The least TTL of the aliases followed so far. */
	private long ttl = Long.MAX_VALUE;

	NameQuery(NameServers nameServers, DnsServerAddressStream stream, String name, DnsRecordType type,
			Consumer<Reply> then) {
		this.nameServers = nameServers;
		this.stream = stream;
		this.name = name;
		this.type = type;
		this.then = then;
	}

	/**
	 * Asks the next server.
	 * @param triesLeft how many may be asked, this one included, at least 1
	 */
	void ask(int triesLeft) {
		this.tries = triesLeft;
		InetSocketAddress server = this.stream.next();
		this.nameServers.send(server, new DefaultDnsQuestion(this.name, this.type))
			.addListener((Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> answer) -> told(answer, server));
	}

	private void told(Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> answer, InetSocketAddress server) {
		if (!answer.isSuccess()) {
			failed(server, text(answer.cause()));
			return;
		}
		AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = answer.getNow();
		try {
			told(envelope.content(), server);
		}
		finally {
			envelope.release();
		}
	}

	private void told(DnsResponse response, InetSocketAddress server) {
		if (response.code().equals(DnsResponseCode.NXDOMAIN)) {
			end(new Reply.Absent(about(server, "no such name")));
		}
		else if (!response.code().equals(DnsResponseCode.NOERROR)) {
			failed(server, response.code().toString());
		}
		else if (response.isTruncated()) {
			failed(server, "truncated, and no answer over TCP");
		}
		else {
			told(Message.read(response), server);
		}
	}

	private void told(Message message, InetSocketAddress server) {
		AliasChain chain = AliasChain.follow(message, this.name, this.type);
		this.ttl = Math.min(this.ttl, chain.ttl());
		if (!chain.entries().isEmpty()) {
			end(new Reply.Answer(chain.entries(), message.additional(), this.ttl, message.unreadable()));
		}
		else if (message.unreadable() > 0) {
			failed(server, "unreadable");
		}
		else if (chain.end().equals(this.name) || message.complete()) {
			end(new Reply.Absent(about(server, "no record")));
		}
		else if (++this.aliases > MOST_ALIASES) {
			end(new Reply.Silence(about(server, "more than " + MOST_ALIASES + " aliases")));
		}
		else {
			this.name = chain.end();
			ask(this.tries);
		}
	}

	private void failed(InetSocketAddress server, String problem) {
		if (this.tries > 1 && !this.nameServers.isClosed()) {
			ask(this.tries - 1);
		}
		else {
			end(new Reply.Silence(about(server, problem)));
		}
	}

	private void end(Reply reply) {
		if (!this.nameServers.isClosed()) {
			this.then.accept(reply);
		}
	}

	private String about(InetSocketAddress server, String problem) {
		return this.type.name() + " " + this.name + " at " + NetUtil.toSocketAddressString(server) + ": " + problem;
	}

	private static String text(Throwable cause) {
		return (cause instanceof DnsNameResolverTimeoutException) ? "no answer" : String.valueOf(cause.getMessage());
	}

}
