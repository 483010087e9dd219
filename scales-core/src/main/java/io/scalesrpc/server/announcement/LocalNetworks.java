package io.scalesrpc.server.announcement;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import io.scalesrpc.discovery.Member;

/**
 * The addresses of this machine. Implementations are <em>thread-safe</em>.
 */
interface LocalNetworks {

	/**
	 * From which address this machine would send to a host. Sends nothing.
	 * @param host an address, or a name that is looked up for a second at most
	 * @return the address; empty if there is no way, or the name is not known in time
	 */
	Optional<InetAddress> sourceTowards(Member host);

	/**
	 * The addresses of all interfaces that are up.
	 * @return in the order of the system
	 */
	List<Local> addresses();

	/**
	 * An address of this machine. <em>Immutable</em>.
	 *
	 * @param network the name of the interface
	 * @param address the address
	 */
	record Local(String network, InetAddress address) {

		/** Bridges, tunnels, and what is at containers' ends, by the names they have. */
		boolean isVirtual() {
			return this.network.matches("(docker|br-|virbr|lxc|lxd|cni|podman|veth|cali|flannel|vxlan|kube|nodelocal|"
					+ "tun|tap|wg|ppp|utun|tailscale|zt|ipsec|vmnet|vboxnet|dummy).*");
		}

		@Override
		public String toString() {
			return this.address.getHostAddress() + " of " + this.network;
		}

	}

}
