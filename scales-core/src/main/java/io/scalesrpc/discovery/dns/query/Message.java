package io.scalesrpc.discovery.dns.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;

/**
 * What an answer of a name server holds, taken out of its buffers (RFC 1035, RFC 2782).
 * Records of other kinds are left out. <em>Immutable</em>.
 *
 * @param answers the records that answer the question, aliases included
 * @param additional what the server thought would be asked next
 * @param unreadable how many answers were left out because they make no sense
 * @param complete whether the server follows aliases itself, so that there is no more
 * behind an alias than it tells
 * @param lame whether the server neither knows nor asks others: that it has no answer
 * says nothing
 */
record Message(List<Entry> answers, List<Entry> additional, int unreadable, boolean complete, boolean lame) {

	/**
	 * Reads an answer; its buffers are still the caller's.
	 * @param response the answer
	 * @return what it holds
	 */
	static Message read(DnsResponse response) {
		List<Entry> answers = new ArrayList<>();
		int unreadable = read(response, DnsSection.ANSWER, answers);
		List<Entry> additional = new ArrayList<>();
		read(response, DnsSection.ADDITIONAL, additional);
		boolean lame = !response.isRecursionAvailable() && !response.isAuthoritativeAnswer()
				&& response.count(DnsSection.ANSWER) == 0 && additional.isEmpty();
		return new Message(answers, additional, unreadable, response.isRecursionAvailable(), lame);
	}

	private static int read(DnsResponse response, DnsSection section, List<Entry> entries) {
		int unreadable = 0;
		for (int i = 0; i < response.count(section); i++) {
			DnsRecord candidate = response.recordAt(section, i);
			if (candidate instanceof DnsRawRecord raw && candidate.dnsClass() == DnsRecord.CLASS_IN) {
				try {
					read(raw, entries);
				}
				catch (UnknownHostException | RuntimeException ex) {
					unreadable++;
				}
			}
		}
		return unreadable;
	}

	private static void read(DnsRawRecord raw, List<Entry> entries) throws UnknownHostException {
		String owner = raw.name().toLowerCase(Locale.ROOT);
		// A copy of the indices: a compressed name points back into the whole message.
		ByteBuf content = raw.content().duplicate();
		if (raw.type().equals(DnsRecordType.A) || raw.type().equals(DnsRecordType.AAAA)) {
			entries.add(new Entry.Address(owner, raw.timeToLive(), address(content)));
		}
		else if (raw.type().equals(DnsRecordType.CNAME)) {
			entries.add(new Entry.Alias(owner, raw.timeToLive(), name(content)));
		}
		else if (raw.type().equals(DnsRecordType.SRV)) {
			entries.add(service(owner, raw.timeToLive(), content));
		}
	}

	private static Entry service(String owner, long ttl, ByteBuf content) {
		int priority = content.readUnsignedShort();
		int weight = content.readUnsignedShort();
		int port = content.readUnsignedShort();
		String target = name(content);
		if (port == 0 && !target.equals(".")) {
			throw new IllegalArgumentException("port: 0 (expected: 1..65535)");
		}
		return new Entry.Service(owner, ttl, priority, weight, port, target);
	}

	private static String address(ByteBuf content) throws UnknownHostException {
		return InetAddress.getByAddress(ByteBufUtil.getBytes(content)).getHostAddress();
	}

	private static String name(ByteBuf content) {
		return DefaultDnsRecordDecoder.decodeName(content).toLowerCase(Locale.ROOT);
	}

}
