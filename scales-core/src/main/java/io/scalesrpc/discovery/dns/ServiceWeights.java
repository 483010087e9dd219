package io.scalesrpc.discovery.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.dns.query.Entry;

/**
 * Turns records into members. Weights become relative to the group of a priority, so that
 * their mean is 1; a server with several addresses shares its weight among them.
 * Stateless.
 */
final class ServiceWeights {

	/** Key of a member's metadata: the priority of its group. */
	static final String PRIORITY = Member.PRIORITY;

	/** Weight 0 means "hardly ever" (RFC 2782): a hundredth of the least there is. */
	private static final double HARDLY = 0.01;

	private ServiceWeights() {
	}

	/**
	 * Makes members.
	 * @param services records of any priorities
	 * @param addresses the addresses of their targets
	 * @return a member for each address and port, without duplicates: one that has
	 * several priorities has the lowest
	 */
	static List<Member> members(List<Entry.Service> services, Map<String, Addresses> addresses) {
		Map<Integer, List<Entry.Service>> groups = new TreeMap<>();
		services
			.forEach((service) -> groups.computeIfAbsent(service.priority(), (key) -> new ArrayList<>()).add(service));
		Map<String, Member> members = new LinkedHashMap<>();
		groups.values()
			.forEach((group) -> ofGroup(group, addresses)
				.forEach((member) -> members.putIfAbsent(member.address(), member)));
		return List.copyOf(members.values());
	}

	private static List<Member> ofGroup(List<Entry.Service> services, Map<String, Addresses> addresses) {
		double zero = zero(services);
		Map<String, Member> members = new LinkedHashMap<>();
		for (Entry.Service service : services) {
			List<String> hosts = hosts(service, addresses);
			double share = ((service.weight() == 0) ? zero : service.weight()) / hosts.size();
			for (String host : hosts) {
				Member member = member(service, host, share);
				members.merge(member.address(), member, ServiceWeights::sum);
			}
		}
		double mean = members.values().stream().mapToDouble(Member::weight).average().orElse(1);
		return members.values().stream().map((member) -> withWeight(member, member.weight() / mean)).toList();
	}

	/**
	 * The addresses of one record's server.
	 * @param service the record
	 * @param addresses the addresses of all servers
	 * @return those of this one, without duplicates; empty if none are known
	 */
	static List<String> hosts(Entry.Service service, Map<String, Addresses> addresses) {
		Addresses known = addresses.get(service.target());
		return (known != null) ? known.hosts().stream().distinct().toList() : List.of();
	}

	private static double zero(List<Entry.Service> services) {
		return HARDLY
				* services.stream().mapToInt(Entry.Service::weight).filter((weight) -> weight > 0).min().orElse(1);
	}

	private static Member member(Entry.Service service, String host, double weight) {
		String target = service.target().substring(0, service.target().length() - 1);
		return new Member(host, service.port(), weight,
				Map.of(AddressLookup.NAME, target, PRIORITY, Integer.toString(service.priority())));
	}

	private static Member sum(Member one, Member other) {
		return withWeight(one, one.weight() + other.weight());
	}

	private static Member withWeight(Member member, double weight) {
		return new Member(member.host(), member.port(), weight, member.metadata());
	}

}
