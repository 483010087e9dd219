package io.scalesrpc.discovery.dns.query;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

import io.netty.channel.AddressedEnvelope;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;

/**
 * One question, put to one server after the other until one of them tells something of
 * use. They are asked with EDNS first and without in later rounds: some do not answer it.
 * Follows aliases that a server left for us to follow. <em>Confined to the event loop of
 * its name servers</em>.
 */
final class NameQuery {

	private static final int MOST_ALIASES = 8;

	private final NameServers nameServers;

	private final ResolvConf conf;

	/** The server that is asked first. */
	private final int first;

	private final DnsRecordType type;

	private final Consumer<Reply> then;

	private String name;

	/** How many times it was asked. */
	private int tries;

	private int aliases;

	/** Whether a server said that it cannot tell. */
	private boolean refused;

	/** The least TTL of the aliases followed so far. */
	private long ttl = Long.MAX_VALUE;

	NameQuery(NameServers nameServers, ResolvConf conf, int first, DnsQuestion question, Consumer<Reply> then) {
		this.nameServers = nameServers;
		this.conf = conf;
		this.first = first;
		this.name = question.name();
		this.type = question.type();
		this.then = then;
	}

	/** Asks the next server. */
	void ask() {
		int servers = this.conf.servers().size();
		InetSocketAddress server = this.conf.servers().get((this.first + this.tries) % servers);
		boolean edns = this.tries < servers;
		this.tries++;
		ask(server, edns);
	}

	private void ask(InetSocketAddress server, boolean edns) {
		this.nameServers.send(server, new DefaultDnsQuestion(this.name, this.type), edns)
			.addListener((Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> answer) -> {
				if (edns && isAgainstEdns(answer) && !this.nameServers.isClosed()) {
					answer.getNow().release();
					ask(server, false);
				}
				else {
					told(answer, server);
				}
			});
	}

	/** What servers say that do not know it (RFC 6891, section 7). */
	private static boolean isAgainstEdns(Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> answer) {
		if (!answer.isSuccess()) {
			return false;
		}
		DnsResponseCode code = answer.getNow().content().code();
		return code.equals(DnsResponseCode.FORMERR) || code.equals(DnsResponseCode.NOTIMP);
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
			this.refused = true;
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
		else if (message.lame()) {
			failed(server, "neither a record nor a word that there is none");
		}
		else if (chain.end().equals(this.name) || message.complete()) {
			end(new Reply.Absent(about(server, "no record")));
		}
		else if (++this.aliases > MOST_ALIASES) {
			end(new Reply.Silence(about(server, "more than " + MOST_ALIASES + " aliases"), true));
		}
		else {
			this.name = chain.end();
			this.tries--;
			ask();
		}
	}

	private void failed(InetSocketAddress server, String problem) {
		if (this.tries < this.conf.servers().size() * this.conf.attempts() && !this.nameServers.isClosed()) {
			ask();
		}
		else {
			end(new Reply.Silence(about(server, problem), this.refused));
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
