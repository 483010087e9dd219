package io.scalesrpc.discovery.dns.query;

import io.netty.handler.codec.dns.DnsRecordType;

/**
 * One record of a DNS message, taken out of its buffer. Names are in lower case and end
 * with a dot. <em>Immutable</em>.
 */
public sealed interface Entry {

	/** The name that has this record. */
	String owner();

	/** How many seconds it holds, zero or more. */
	long ttl();

	/** The type of the record. */
	DnsRecordType type();

	/**
	 * Another name for the owner. <em>Immutable</em>.
	 *
	 * @param owner the name that has this record
	 * @param ttl how many seconds it holds
	 * @param target the name to look at instead
	 */
	record Alias(String owner, long ttl, String target) implements Entry {

		@Override
		public DnsRecordType type() {
			return DnsRecordType.CNAME;
		}

	}

	/**
	 * An address of the owner. <em>Immutable</em>.
	 *
	 * @param owner the name that has this record
	 * @param ttl how many seconds it holds
	 * @param address the address as text, IPv6 without brackets
	 */
	record Address(String owner, long ttl, String address) implements Entry {

		@Override
		public DnsRecordType type() {
			return (this.address.indexOf(':') >= 0) ? DnsRecordType.AAAA : DnsRecordType.A;
		}

	}

	/**
	 * A server of the owner's service (RFC 2782). <em>Immutable</em>.
	 *
	 * @param owner the name that has this record
	 * @param ttl how many seconds it holds
	 * @param priority only the lowest there is counts
	 * @param weight the share among those of one priority, from 0
	 * @param port from 1 to 65535
	 * @param target the name of the server
	 */
	record Service(String owner, long ttl, int priority, int weight, int port, String target) implements Entry {

		@Override
		public DnsRecordType type() {
			return DnsRecordType.SRV;
		}

	}

}
